import { runWorkload } from "../child";
import { compare, interleave } from "../rounds";
import type { Scenario } from "../scenario";
import type { Backlog } from "../workloads/backlog";

const EVENTS = 100_000;
const ROUNDS = 3;

export const backlog: Scenario = {
  name: "backlog",
  what: "memory of a backlog, while the server hangs",
  async measure() {
    const rounds = await interleave(ROUNDS, (side) =>
      runWorkload<Backlog>("backlog", [side, EVENTS], ["--expose-gc"]),
    );
    return [
      {
        scenario: "backlog",
        name: `memory of ${EVENTS.toLocaleString("en")} queued events`,
        unit: "× JSON text",
        baselineName: "array of the texts",
        ...compare(rounds, ({ bytesPerTextByte }) => bytesPerTextByte),
        target: { of: "client", atMost: 1.5 },
      },
    ];
  },
};
