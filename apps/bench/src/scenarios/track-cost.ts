import { runWorkload } from "../child";
import { compare } from "../rounds";
import type { Scenario } from "../scenario";
import type { TrackCost } from "../workloads/track-cost";

const ROUNDS = 5;
const shared = {
  scenario: "track",
  unit: "ns",
  baselineName: "build + JSON.stringify",
  target: { of: "ratio", atMost: 1.5 },
} as const;

export const trackCost: Scenario = {
  name: "track",
  what: "what track() costs its caller",
  async measure({ sink }) {
    const costs: TrackCost[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Both sides are measured in one process, in turn.
      costs.push(await runWorkload<TrackCost>("track-cost", [sink.url]));
    }
    await sink.take();
    const nanoseconds = (cost: number) => cost;
    return [
      {
        ...shared,
        name: "track(), one a turn",
        ...compare(
          costs.map(({ single }) => single),
          nanoseconds,
        ),
      },
      {
        ...shared,
        name: "track(), 1,000 in a burst",
        ...compare(
          costs.map(({ burst }) => burst),
          nanoseconds,
        ),
      },
    ];
  },
};
