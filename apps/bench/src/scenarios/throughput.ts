import { runWorkload } from "../child";
import { compare, interleave } from "../rounds";
import type { BenchContext, Scenario } from "../scenario";
import { eventsIn } from "../sink";
import type { Throughput } from "../workloads/throughput";

const ROUNDS = 5;

/** One run, whose every event has to arrive. */
export async function runThroughput(
  { sink }: BenchContext,
  side: "client" | "baseline",
  events: number,
  repeats = 1,
): Promise<Throughput> {
  const result = await runWorkload<Throughput>("throughput", [side, sink.url, events, repeats]);
  const arrived = eventsIn(await sink.take());
  if (arrived !== result.sent) throw new Error(`${result.sent} events were sent, but ${arrived} arrived`);
  return result;
}

export const throughput: Scenario = {
  name: "throughput",
  what: "sustained throughput into a server that only counts",
  async measure(context) {
    const { events } = context;
    const rounds = await interleave(ROUNDS, (side) => runThroughput(context, side, events));
    const shared = { scenario: "throughput", baselineName: "bare undici, batches of 500" } as const;
    return [
      {
        ...shared,
        name: "CPU per event",
        unit: "µs",
        ...compare(rounds, ({ cpuMicrosecondsPerEvent }) => cpuMicrosecondsPerEvent),
        target: { of: "ratio", atMost: 1.5 },
      },
      {
        ...shared,
        name: "throughput",
        unit: "events/s",
        ...compare(rounds, ({ eventsPerSecond }) => eventsPerSecond),
        target: { of: "ratio", atLeast: 0.7 },
      },
    ];
  },
};
