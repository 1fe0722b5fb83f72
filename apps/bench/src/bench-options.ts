import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly only: readonly string[];
  readonly events: number;
  readonly huge: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

const DEFAULT_EVENTS = 2_000_000;

/** The command line is wrong. The message says what is allowed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export function readBenchOptions(args: readonly string[], scenarios: readonly string[]): BenchOptions {
  const { values } = parse(args);
  const only = values.only?.flatMap((names) => names.split(",")) ?? [];
  const unknown = only.find((name) => !scenarios.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no "${unknown}". --only takes: ${scenarios.join(", ")}`);
  }
  const events = values.events === undefined ? DEFAULT_EVENTS : Number(values.events);
  if (!Number.isInteger(events) || events < 1) {
    throw new UsageError(`--events must be a whole number of at least 1, but is "${values.events}"`);
  }
  return { only, events, huge: values.huge, json: values.json, help: values.help };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // Package managers pass on the "--" that ends their own options.
      args: args.filter((arg) => arg !== "--"),
      options: {
        only: { type: "string", multiple: true },
        events: { type: "string" },
        huge: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

export function usage(scenarios: readonly { name: string; what: string }[]): string {
  return `Measures what the client costs, beside the same work done by hand.

  --only <names>     only these, separated by commas:
${scenarios.map(({ name, what }) => `                       ${name.padEnd(11)} ${what}`).join("\n")}
  --events <number>  events of one throughput run (${DEFAULT_EVENTS.toLocaleString("en")})
  --huge             let "growth" go on to ten million events
  --json             print the report as JSON, and write no file`;
}
