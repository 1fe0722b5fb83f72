import { reportResult } from "../workload-result";

/** Milliseconds until a package's exports can be used, in a process that has loaded nothing. */
export interface ImportTime {
  readonly milliseconds: number;
}

const [, , specifier = ""] = process.argv;
const startedAt = performance.now();
await import(specifier);
reportResult({ milliseconds: performance.now() - startedAt } satisfies ImportTime);
