import { expect } from "vitest";
import { startFaultServer } from "../support/fault-server";
import { startProgram } from "../support/run-program";
import { countStored, type FaultCase, upTo } from "./fault-case";

const EVENTS = 100;

interface End {
  readonly code?: number;
  readonly signal?: NodeJS.Signals;
}

/** A process of its own tracks events and ends in the same turn of its event loop, or by a signal from outside. */
const processEnd = (fault: string, endsBy: string, { code, signal }: End): FaultCase => ({
  fault,
  async run() {
    const server = await startFaultServer();
    const { child, printed, end } = await startProgram({
      apiUrl: server.url,
      does: `trackMany(${EVENTS}); ${endsBy}`,
    });
    if (signal) {
      await printed("ready");
      child.kill(signal);
    }
    const ended = await end;
    await server.close();
    expect(ended).toMatchObject({ code: code ?? null, signal: signal ?? null });
    return {
      ...countStored(server, upTo(EVENTS)),
      refused: 0,
      dropped: 0,
      kept: 0,
      note: `ends by ${ended.signal ?? `code ${ended.code}`}`,
    };
  },
});

const untilSignalled = "console.log('ready'); setInterval(() => {}, 1e6);";

export const processEnds: readonly FaultCase[] = [
  processEnd("natural end", "", { code: 0 }),
  processEnd("process.exit(3)", "process.exit(3);", { code: 3 }),
  processEnd("crash", "setImmediate(() => { throw new Error('the host has a bug'); });", { code: 1 }),
  ...(["SIGTERM", "SIGINT", "SIGHUP"] as const).map((signal) =>
    processEnd(signal, untilSignalled, { signal }),
  ),
];
