import type { Consumer } from "./consumer";

const PACKAGES = ["@segops/core", "@segops/node", "@segops/sdk", "undici"];
const ROUNDS = 7;

/** What it costs to import a package on a server. */
export interface ImportCost {
  readonly name: string;
  /** Milliseconds until its exports can be used in a process that has loaded nothing: the median of a few. */
  readonly importMs: number;
  /** All that npm installs with it. */
  readonly dependencies: readonly string[];
}

/** Measured on what npm installed, the packages in turn: the machine's moods meet all alike. */
export async function importCosts(consumer: Consumer): Promise<ImportCost[]> {
  const times = new Map(PACKAGES.map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, measured] of times) {
      const program = `const from = performance.now(); await import("${name}"); console.log(performance.now() - from);`;
      measured.push(Number(await consumer.run(process.execPath, ["--input-type=module", "-e", program])));
    }
  }
  return Promise.all(
    PACKAGES.map(async (name) => ({
      name,
      importMs: median(times.get(name) ?? []),
      dependencies: [...(await dependenciesOf(consumer, name))].sort(),
    })),
  );
}

async function dependenciesOf(
  consumer: Consumer,
  name: string,
  found = new Set<string>(),
): Promise<Set<string>> {
  const { dependencies } = await consumer.manifest(name);
  for (const dependency of Object.keys(dependencies ?? {})) {
    if (found.has(dependency)) continue;
    found.add(dependency);
    await dependenciesOf(consumer, dependency, found);
  }
  return found;
}

/** The costs, as text. */
export function importTable(costs: readonly ImportCost[]): string {
  const lines = costs.map(({ name, importMs, dependencies }) => {
    const others = dependencies.filter((dependency) => !dependency.startsWith("@segops/"));
    const ours = dependencies.length - others.length;
    const brings = [...(ours > 0 ? [`${ours} of ours`] : []), ...others].join(", ") || "nothing";
    return `${`import "${name}"`.padEnd(24)}${importMs.toFixed(1).padStart(6)} ms cold   brings ${brings}`;
  });
  return [...lines, `(medians of ${ROUNDS} processes; the benchmark compares them on a quiet machine)`].join(
    "\n",
  );
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
