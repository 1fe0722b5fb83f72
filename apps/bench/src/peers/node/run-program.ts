import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { startChild } from "../../child";
import type { Installed } from "../install";

/** A row of the tables: an SDK, with an option of it in some. */
export interface NodeRow {
  readonly name: string;
  readonly installed: Installed;
}

export interface RunOptions {
  readonly args?: readonly (string | number)[];
  readonly execArgv?: string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
  readonly onStart?: (child: ChildProcess) => void;
  readonly onMessage?: (child: ChildProcess) => void;
}

export interface Ended<Result> {
  readonly result: Result | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly isOverdue: boolean;
}

/** Runs a Node program with one SDK in a process of its own. However it ends, that is a result. */
export async function runNodeProgram<Result>(
  program: string,
  { name, installed }: NodeRow,
  host: string,
  { args = [], execArgv = [], env = {}, deadlineMs = 120_000, onStart, onMessage }: RunOptions = {},
): Promise<Ended<Result>> {
  const child = startChild(`peers/node/programs/${program}`, [name, installed.folder, host, ...args], {
    execArgv,
    // What SDKs print of their troubles would drown the tables.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: { ...process.env, ...env },
  });
  let result: Result | undefined;
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    child.kill("SIGKILL");
  }, deadlineMs);
  child.on("message", (message) => {
    result = message as Result;
    onMessage?.(child);
  });
  onStart?.(child);
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { result, code, signal, isOverdue };
}
