import { parseArgs } from "node:util";

export interface PeerOptions {
  /** Groups to measure; all if there are none. */
  readonly only: readonly string[];
  /** Keeps the report where the README links to. */
  readonly save: boolean;
}

export function readPeerOptions(args: readonly string[], groups: readonly string[]): PeerOptions {
  const { values } = parseArgs({
    // Package managers pass on the "--" that ends their own options.
    args: args.filter((arg) => arg !== "--"),
    options: { only: { type: "string", multiple: true }, save: { type: "boolean", default: false } },
  });
  const only = values.only?.flatMap((names) => names.split(",")) ?? [];
  const unknown = only.find((name) => !groups.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no "${unknown}". --only takes: ${groups.join(", ")}`);
  }
  return { only, save: values.save };
}
