import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { startPeerSink } from "../../sink";
import { formatNumber, type Table } from "../../table";
import type { PeerBacklog } from "../programs/backlog";
import type { CallerCost } from "../programs/caller-cost";
import { type NodeRow, runNodeProgram } from "../run-program";
import { measureThroughput } from "./throughput";

const CALLER_LIMIT_MS = 300_000;
const BACKLOG_EVENTS = 10_000;
const BACKLOG_LIMIT_MS = 60_000;

export interface NodeCost extends Partial<CallerCost> {
  readonly cpuMicrosecondsPerEvent?: number | undefined;
  readonly eventsPerSecond?: number | undefined;
  readonly backlog?: PeerBacklog | undefined;
}

/** What an SDK takes from the program that uses it. */
export async function measureNodeCost(row: NodeRow): Promise<NodeCost> {
  const sink = await startPeerSink();
  const caller = await runNodeProgram<CallerCost>("caller-cost", row, sink.url, {
    deadlineMs: CALLER_LIMIT_MS,
  });
  await sink.close();
  return {
    ...caller.result,
    ...(await measureThroughput(row)),
    backlog: await measureBacklog(row),
  };
}

async function measureBacklog(row: NodeRow): Promise<PeerBacklog | undefined> {
  // Takes every connection and never answers.
  const server = createServer((socket) => socket.on("error", () => {}).pause());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { result } = await runNodeProgram<PeerBacklog>("backlog", row, `http://127.0.0.1:${port}`, {
    args: [BACKLOG_EVENTS, BACKLOG_LIMIT_MS],
    execArgv: ["--expose-gc"],
  });
  server.close();
  return result;
}

/** Beside each figure its multiple of the floor that was measured with it. */
export function costTable(costs: Readonly<Record<string, NodeCost>>, floor: NodeCost): Table {
  const ratio = (value?: number, base?: number) =>
    value === undefined || base === undefined ? "–" : `${formatNumber(value / base)} ×`;
  return {
    title: "Node: what it costs the program",
    columns: [
      "SDK",
      "track() in a burst, CPU µs",
      "× stringify",
      "track() alone, µs",
      "× stringify",
      "CPU an event, µs",
      "× bare undici",
      "events/s",
      "backlog, × its JSON text",
    ],
    rows: Object.entries(costs).map(([name, cost]) => [
      name,
      formatNumber((cost.burst ?? Number.NaN) / 1_000),
      ratio(cost.burst, cost.floorBurst),
      formatNumber((cost.alone ?? Number.NaN) / 1_000),
      ratio(cost.alone, cost.floorAlone),
      formatNumber(cost.cpuMicrosecondsPerEvent ?? Number.NaN),
      ratio(cost.cpuMicrosecondsPerEvent, floor.cpuMicrosecondsPerEvent),
      formatNumber(cost.eventsPerSecond ?? Number.NaN),
      backlogCell(cost.backlog),
    ]),
    notes: [
      "“–”: the workload was not through in five minutes (calls) or two (delivery).",
      `Bare undici, batches of 500: ${formatNumber(floor.cpuMicrosecondsPerEvent ?? Number.NaN)} µs CPU an event, ${formatNumber(floor.eventsPerSecond ?? Number.NaN)} events/s.`,
    ],
  };
}

function backlogCell(backlog?: PeerBacklog): string {
  if (backlog === undefined) return "–";
  const { bytesPerTextByte, tracked } = backlog;
  const short = tracked < BACKLOG_EVENTS ? ` (${formatNumber(tracked)} events in 60 s)` : "";
  return `${formatNumber(bytesPerTextByte)}${short}`;
}
