import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sdkBundle } from "./sdk-bundle";

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  /** Where the program stands, alone in its folder, which is also its working directory. */
  readonly file: string;
  /** Resolves when the program has printed this; rejects if it ends without. */
  printed(text: string): Promise<void>;
  readonly end: Promise<ProgramEnd>;
}

export interface ProgramOptions {
  readonly apiUrl: string;
  /** Options of the client, as JavaScript source. Default: none. */
  readonly options?: string;
  /** What the program does, as JavaScript source. `client`, `trackMany(n)` and `SegOpsClient` are there. */
  readonly does: string;
  readonly env?: Record<string, string>;
  /** The Node to run. Default: this one. */
  readonly node?: string;
  readonly nodeArguments?: readonly string[];
}

const program = (sdk: string, { apiUrl, options = "", does }: ProgramOptions): string => `
const { SegOpsClient } = require(${JSON.stringify(sdk)});
const newClient = (more = {}) => new SegOpsClient({
  apiUrl: ${JSON.stringify(apiUrl)}, apiKey: "sk_test_key", ${options} ...more,
});
const client = newClient();
let number = 0;
const trackMany = (count, by = client) => {
  for (let i = 0; i < count; i++) by.track({ userId: "ada", eventType: "a", payload: { number: ++number } });
};
(async () => { ${does} })();
`;

/** Runs a program of its own that uses the client, under --unhandled-rejections=strict. */
export async function startProgram(options: ProgramOptions): Promise<RunningProgram> {
  const file = join(await mkdtemp(join(tmpdir(), "segops-program-")), "program.cjs");
  await writeFile(file, program(await sdkBundle(), options));
  const child = spawn(options.node ?? process.execPath, [...(options.nodeArguments ?? []), file], {
    cwd: dirname(file),
    env: { PATH: process.env.PATH ?? "", ...options.env, NODE_OPTIONS: "--unhandled-rejections=strict" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const watchers = new Set<() => void>();
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
    for (const watch of watchers) watch();
  });
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const end = new Promise<ProgramEnd>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    child,
    file,
    end,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!stdout.includes(text)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        void end.then(() => reject(new Error(`ended without printing ${text}: ${stderr}`)));
      }),
  };
}

export async function runProgram(options: ProgramOptions): Promise<ProgramEnd> {
  return (await startProgram(options)).end;
}
