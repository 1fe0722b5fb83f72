import { runWorkload } from "../child";
import { compare, interleave } from "../rounds";
import type { Scenario } from "../scenario";
import type { ImportTime } from "../workloads/import-time";

const ROUNDS = 15;

export const importTime: Scenario = {
  name: "import",
  what: "a cold import",
  async measure() {
    const rounds = await interleave(ROUNDS, (side) =>
      runWorkload<ImportTime>("import-time", [side === "client" ? "@segops/node" : "undici"]),
    );
    return [
      {
        scenario: "import",
        name: 'import "@segops/node"',
        unit: "ms",
        baselineName: 'import "undici"',
        ...compare(rounds, ({ milliseconds }) => milliseconds),
        target: { of: "client", atMost: 40 },
      },
    ];
  },
};
