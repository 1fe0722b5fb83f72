import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { bundle } from "../../support/bundle";
import { atTheEnd } from "./open-spool";

export interface Child {
  readonly process: ChildProcess;
  /** What it has said, line by line. The last line may be torn, and is left out then. */
  readonly lines: readonly string[];
  /** What its spool has reported, or what ended it, line by line. */
  readonly reports: readonly string[];
  /** Resolves when it has said so many lines. Rejects when it ends before that. */
  said(lines: number): Promise<void>;
  /** Resolves when it has ended and everything it said has been read. */
  readonly end: Promise<void>;
}

let program: Promise<string> | undefined;

/** Starts a process of its own that works with a spool. */
export async function startChild(does: string, directory: string, ...numbers: number[]): Promise<Child> {
  program ??= bundle(new URL("../programs/spool-child.ts", import.meta.url), "spool-child.cjs");
  const child = spawn(process.execPath, [await program, does, directory, ...numbers.map(String)]);
  atTheEnd(() => child.kill("SIGKILL"));
  const watchers = new Set<() => void>();
  const lines = linesOf(child.stdout, () => {
    for (const watch of watchers) watch();
  });
  const reports = linesOf(child.stderr);
  const end = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    process: child,
    lines,
    reports,
    end,
    said: (count) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (lines.length >= count) resolve();
        };
        watchers.add(watch);
        void end.then(() => reject(new Error(`it ended after saying: ${[...lines, ...reports].join(", ")}`)));
        watch();
      }),
  };
}

/** The whole lines of what comes. */
function linesOf(stream: Readable, onMore?: () => void): readonly string[] {
  const lines: string[] = [];
  let torn = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (torn + chunk).split("\n");
    torn = parts.pop() ?? "";
    lines.push(...parts);
    onMore?.();
  });
  return lines;
}
