import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** From the built file: the programs lie beside dist/main.js. */
const programPath = (name: string) => fileURLToPath(new URL(`./${name}.js`, import.meta.url));

/** Starts one of this package's programs, with a channel for messages. */
export function startChild(
  name: string,
  args: readonly (string | number)[],
  options: ForkOptions = {},
): ChildProcess {
  return fork(programPath(name), args.map(String), options);
}

/** Runs a workload in a process of its own and gives what it reports. */
export async function runWorkload<Result>(
  name: string,
  args: readonly (string | number)[],
  execArgv: string[] = [],
): Promise<Result> {
  const child = startChild(`workloads/${name}`, args, { execArgv });
  let result: Result | undefined;
  child.on("message", (message) => {
    result = message as Result;
  });
  const [code, signal] = await once(child, "exit");
  if (code !== 0 || result === undefined) {
    throw new Error(
      `The workload ${name} ${args.join(" ")} failed: it ended with ${signal ?? `code ${code}`}`,
    );
  }
  return result;
}
