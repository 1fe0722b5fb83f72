import type { Figure } from "../figure";
import { compare, interleave } from "../rounds";
import type { Scenario } from "../scenario";
import { runThroughput } from "./throughput";

const SIZES = [1e3, 1e4, 1e5, 1e6];
const HUGE = 1e7;
const ROUNDS = 3;
/** Little work is done often, so that a run is long enough to be measured. */
const LEAST_EVENTS_A_RUN = 1e5;
/** The last size may cost so much more than the cheapest one; more is growth, and not the machine's noise. */
const FLAT = 1.25;

export const growth: Scenario = {
  name: "growth",
  what: "CPU per event as the work grows",
  async measure(context) {
    const figures: Figure[] = [];
    for (const size of context.huge ? [...SIZES, HUGE] : SIZES) {
      context.say(`  ${size.toLocaleString("en")} events`);
      const repeats = Math.ceil(LEAST_EVENTS_A_RUN / size);
      const rounds = await interleave(ROUNDS, (side) => runThroughput(context, side, size, repeats));
      figures.push({
        scenario: "growth",
        name: `CPU per event, ${size.toLocaleString("en")}`,
        unit: "µs",
        baselineName: "bare undici, batches of 500",
        ...compare(rounds, ({ cpuMicrosecondsPerEvent }) => cpuMicrosecondsPerEvent),
        target: undefined,
      });
    }
    const costs = figures.map(({ client }) => client);
    const [last = Number.NaN] = costs.slice(-1);
    const cheapest = Math.min(...costs);
    const flatness: Figure = {
      scenario: "growth",
      name: "the most events against the cheapest size",
      unit: "µs",
      client: last,
      baselineName: "the cheapest size",
      baseline: cheapest,
      ratio: last / cheapest,
      target: { of: "ratio", atMost: FLAT },
    };
    return [...figures, flatness];
  },
};
