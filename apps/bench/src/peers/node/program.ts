import { createRequire } from "node:module";
import path from "node:path";
import type { NodeAdapter } from "./adapter";
import { nodeAdapters } from "./adapters";

/** What each Node program is started with: the SDK's row, its project, the sink, and what it asks for itself. */
export interface ProgramStart {
  readonly adapter: NodeAdapter;
  readonly rest: readonly string[];
}

export function readProgramStart([
  ,
  ,
  row = "",
  folder = "",
  host = "",
  ...rest
]: readonly string[]): ProgramStart {
  const make = nodeAdapters[row];
  if (make === undefined) throw new Error(`There is no "${row}"`);
  return { adapter: make(createRequire(path.join(folder, "start.js")), host), rest };
}

/** Some SDKs never say that they are done. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const isDone = await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    timeout,
  ]);
  clearTimeout(timer);
  return isDone;
}
