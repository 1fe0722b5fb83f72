import type { Group } from "../group";
import type { Installed } from "../install";
import type { LossCounts } from "../loss-table";
import { lossTable } from "../loss-table";
import { standing } from "../standing";
import type { Table } from "../table";
import { costTable, measureNodeCost, type NodeCost } from "./measures/cost";
import { type LossCase, processEnds, serverFaults } from "./measures/loss";
import { measureThroughput } from "./measures/throughput";
import { measureWeight, weightTable } from "./measures/weight";
import type { NodeRow } from "./run-program";

/** The Node SDKs, one table a question. */
export const nodeGroup: Group = {
  name: "node",
  async measure(installed, say) {
    const plain = installed.map((each): NodeRow => ({ name: each.name, installed: each }));
    const withSpool = installed.filter(isOurs).map(
      (each): NodeRow => ({
        name: `${each.name} with spool`,
        installed: each,
      }),
    );
    const rows = [...plain.slice(0, 1), ...withSpool, ...plain.slice(1)];
    say("weight");
    const weight = await measureWeight(plain);
    const costs: Record<string, NodeCost> = {};
    for (const row of plain) {
      say(`costs of ${row.name}`);
      costs[row.name] = await measureNodeCost(row);
    }
    const [any] = plain;
    const floor = any ? ((await measureThroughput({ ...any, name: "floor" })) ?? {}) : {};
    const faults = await countLosses(serverFaults, rows, say);
    const ends = await countLosses(processEnds, rows, say);
    const names = rows.map(({ name }) => name);
    const tables: Table[] = [
      weightTable(weight),
      costTable(costs, floor),
      lossTable("Node: a server fails while events come in, then flush and shutdown", faults, names, [
        FAULT_NOTE,
      ]),
      lossTable("Node: the process ends in the turn of the calls", ends, names),
    ];
    return { figures: { weight, costs, floor, faults, ends }, tables, standings: standings(weight, costs) };
  },
};

const FAULT_NOTE =
  "Different events that had arrived when the process ended; bold where some are missing. “Twice”: came again on " +
  "the wire, ours in a batch with the same Idempotency-Key, by which a server can tell.";

const isOurs = ({ packageName }: Installed): boolean => packageName.startsWith("@segops/");

/** All SDKs of a case at once: what they do is mostly waiting. */
async function countLosses(
  cases: readonly LossCase[],
  rows: readonly NodeRow[],
  say: (line: string) => void,
): Promise<LossCounts> {
  const counts: Record<string, Record<string, Awaited<ReturnType<LossCase["run"]>>>> = {};
  for (const { name, run } of cases) {
    say(`loss: ${name}`);
    const outcomes = await Promise.all(rows.map(async (row) => [row.name, await run(row)] as const));
    counts[name] = Object.fromEntries(outcomes);
  }
  return counts;
}

function standings(
  weight: Awaited<ReturnType<typeof measureWeight>>,
  costs: Readonly<Record<string, NodeCost>>,
): string[] {
  const ours = "segops-node";
  const over = (value = Number.NaN, floor = Number.NaN) => value / floor;
  const pick = <Row>(rows: Readonly<Record<string, Row>>, value: (row: Row) => number | undefined) =>
    Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, value(row) ?? Number.NaN]));
  return [
    standing(ours, { figure: "bytes installed", best: "least", values: pick(weight, (w) => w.megabytes) }),
    standing(ours, { figure: "packages installed", best: "least", values: pick(weight, (w) => w.packages) }),
    standing(ours, { figure: "import time", best: "least", values: pick(weight, (w) => w.importMs) }),
    standing(ours, {
      figure: "track() in a burst, × stringify",
      best: "least",
      values: pick(costs, (c) => over(c.burst, c.floorBurst)),
    }),
    standing(ours, {
      figure: "track() alone, × stringify",
      best: "least",
      values: pick(costs, (c) => over(c.alone, c.floorAlone)),
    }),
    standing(ours, {
      figure: "CPU an event delivered",
      best: "least",
      values: pick(costs, (c) => c.cpuMicrosecondsPerEvent),
    }),
    standing(ours, { figure: "events/s", best: "most", values: pick(costs, (c) => c.eventsPerSecond) }),
    standing(ours, {
      figure: "memory of a backlog",
      best: "least",
      values: pick(costs, (c) => c.backlog?.bytesPerTextByte),
    }),
  ];
}
