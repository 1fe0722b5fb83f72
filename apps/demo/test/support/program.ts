import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The built programs, as a user starts them. */
export const programs = {
  start: path.join(dist, "main.js"),
  replay: path.join(dist, "replay.js"),
  localApi: path.join(path.dirname(require.resolve("@segops/local-api/package.json")), "dist", "cli.js"),
};

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Node program in a process of its own. */
export interface Program {
  readonly ended: Promise<Ended>;
  /** Resolves with the match as soon as standard output has it; rejects when the program ends without. */
  output(pattern: RegExp): Promise<RegExpExecArray>;
  /** As `output`, for standard error. */
  errorOutput(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();

export function startProgram(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, INIT_CWD: undefined, ...env },
  });
  running.add(child);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout: stdout.text(), stderr: stderr.text() });
    });
  });
  const found = (stream: Collected, pattern: RegExp) =>
    Promise.race([
      stream.match(pattern),
      ended.then((end) => {
        throw new Error(`${path.basename(script)} ended (${end.code}) without ${pattern}: ${end.stderr}`);
      }),
    ]);
  return {
    ended,
    output: (pattern) => found(stdout, pattern),
    errorOutput: (pattern) => found(stderr, pattern),
    kill: (signal) => child.kill(signal),
  };
}

/** Ends what a failed test has left behind. */
export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

interface Collected {
  text(): string;
  match(pattern: RegExp): Promise<RegExpExecArray>;
}

function collect(stream: Readable): Collected {
  let text = "";
  stream.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  return {
    text: () => text,
    match: (pattern) =>
      new Promise((resolve) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match === null) return;
          stream.off("data", look);
          resolve(match);
        };
        stream.on("data", look);
        look();
      }),
  };
}
