import { type ProgramEnd, runProgram, startProgram } from "../support/run-program";

/** A process that tracks without end and prints the number of each event that `track()` has returned for. */
export interface SpoolWriter {
  /** Resolves when so many events were acknowledged. */
  acknowledged(count: number): Promise<void>;
  /** Ends it by SIGKILL. Resolves with the numbers that it has acknowledged. */
  kill(): Promise<number[]>;
}

const spoolOption = (directory: string): string => `spool: { directory: ${JSON.stringify(directory)} },`;

/** Never idle, and one event a turn: a kill meets it while it writes, queues, seals, sends or settles. */
const TRACKS_WITHOUT_END = `
  const { writeSync } = require("node:fs");
  number = Number(process.env.FIRST) - 1;
  const next = () => {
    trackMany(1);
    writeSync(1, number + "\\n");
    setImmediate(next);
  };
  next();`;

export async function startWriter(apiUrl: string, directory: string, first: number): Promise<SpoolWriter> {
  const { child, printed, end } = await startProgram({
    apiUrl,
    // Small batches: more to go wrong.
    options: `batchSize: 5, onError: () => {}, ${spoolOption(directory)}`,
    does: TRACKS_WITHOUT_END,
    env: { FIRST: String(first) },
  });
  return {
    acknowledged: (count) => printed(`${first + count - 1}\n`),
    async kill() {
      child.kill("SIGKILL");
      const { stdout, stderr } = await end;
      if (stderr !== "") throw new Error(`the writer said: ${stderr}`);
      // The last line may be torn.
      return stdout.split("\n").slice(0, -1).map(Number);
    },
  };
}

/** A process that does nothing at all: that it starts is enough to send what others have left behind. */
export function runIdle(apiUrl: string, directory: string): Promise<ProgramEnd> {
  return runProgram({
    apiUrl,
    // Long enough on any machine.
    options: `shutdownTimeout: 60_000, ${spoolOption(directory)}`,
    does: "",
  });
}
