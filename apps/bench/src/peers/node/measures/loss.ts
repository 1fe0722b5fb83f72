import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Fate, startPeerSink } from "../../sink";
import type { Closed } from "../programs/server-fault";
import { type Ended, type NodeRow, runNodeProgram } from "../run-program";

/** What became of the events of one case with one SDK. */
export interface Loss {
  readonly tracked: number;
  readonly delivered: number;
  readonly duplicates: number;
  /** What else there is to know. */
  readonly note?: string;
}

const FAULT_EVENTS = 1_000;
const END_EVENTS = 100;
const KILL_EVENTS = 500;
/** After a process has ended nothing more is on its way but what the sink is reading. */
const LAST_READ_MS = 500;

export interface LossCase {
  readonly name: string;
  run(row: NodeRow): Promise<Loss>;
}

const forTheFirst = (ms: number, fate: Fate) => (): (() => Fate) => {
  let until: number | undefined;
  return () => {
    until ??= performance.now() + ms;
    return performance.now() < until ? fate : "taken";
  };
};

const serverFault = (name: string, makeFate: () => (request: number) => Fate): LossCase => ({
  name,
  async run(row) {
    const sink = await startPeerSink({ fate: makeFate() });
    const ended = await withSpoolFolder((env) =>
      runNodeProgram<Closed>("server-fault", row, sink.url, { args: [FAULT_EVENTS], env }),
    );
    await sink.arrived(FAULT_EVENTS, LAST_READ_MS);
    const { unique, duplicates } = sink.events;
    await sink.close();
    const note = noteOf(ended);
    return { tracked: FAULT_EVENTS, delivered: unique, duplicates, ...(note && { note }) };
  },
});

function noteOf({ result, code, signal, isOverdue }: Ended<Closed>): string | undefined {
  if (isOverdue) return "never ends";
  if (result === undefined) return `process dies (${signal ?? `code ${code}`})`;
  return result.isClosed ? undefined : "never closes";
}

const processEnd = (name: string, end: string, signal?: NodeJS.Signals): LossCase => ({
  name,
  async run(row) {
    const sink = await startPeerSink();
    await withSpoolFolder((env) =>
      runNodeProgram("process-end", row, sink.url, {
        args: [END_EVENTS, end],
        env,
        ...(signal && { onMessage: (child) => void child.kill(signal) }),
      }),
    );
    await sink.arrived(END_EVENTS, LAST_READ_MS);
    const { unique, duplicates } = sink.events;
    await sink.close();
    return { tracked: END_EVENTS, delivered: unique, duplicates };
  },
});

const killed: LossCase = {
  name: "SIGKILL, then started again",
  async run(row) {
    const sink = await startPeerSink();
    await withSpoolFolder(async (env) => {
      await runNodeProgram("process-end", row, sink.url, {
        args: [KILL_EVENTS, "signal"],
        env,
        onMessage: (child) => void child.kill("SIGKILL"),
      });
      await runNodeProgram("process-end", row, sink.url, { args: [0, "close"], env });
    });
    await sink.arrived(KILL_EVENTS, LAST_READ_MS);
    const { unique, duplicates } = sink.events;
    await sink.close();
    return { tracked: KILL_EVENTS, delivered: unique, duplicates };
  },
};

export const serverFaults: readonly LossCase[] = [
  serverFault("nothing", () => () => "taken"),
  serverFault("503 for 10 s", forTheFirst(10_000, { status: 503 })),
  serverFault("connections reset for 5 s", forTheFirst(5_000, "reset")),
  serverFault(
    "429 twice, Retry-After: 1",
    () => (request) => (request <= 2 ? { status: 429, retryAfter: 1 } : "taken"),
  ),
  serverFault(
    "taken, but the answer lost, twice",
    () => (request) => (request <= 2 ? "reset after" : "taken"),
  ),
];

export const processEnds: readonly LossCase[] = [
  processEnd("natural end", "none"),
  processEnd("process.exit(0)", "exit"),
  processEnd("uncaught exception", "throw"),
  processEnd("SIGTERM", "signal", "SIGTERM"),
  processEnd("SIGINT", "signal", "SIGINT"),
  killed,
];

async function withSpoolFolder<Result>(
  work: (env: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(path.join(tmpdir(), "segops-bench-"));
  try {
    return await work({ SEGOPS_BENCH_SPOOL: directory });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
