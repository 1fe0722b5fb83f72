import { runWorkload } from "../child";
import { compare } from "../rounds";
import type { Scenario } from "../scenario";
import type { SpoolCost } from "../workloads/spool-cost";

const ROUNDS = 5;

export const spoolCost: Scenario = {
  name: "spool",
  what: "what keeping events on disk adds to track()",
  async measure({ sink }) {
    const costs: SpoolCost[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      costs.push(await runWorkload<SpoolCost>("spool-cost", [sink.url]));
    }
    await sink.take();
    return [
      {
        scenario: "spool",
        name: "the spool, on top of track()",
        unit: "ns",
        baselineName: "track() without it",
        target: { of: "client", atMost: 5_000 },
        ...compare(costs, (nanoseconds) => nanoseconds),
      },
    ];
  },
};
