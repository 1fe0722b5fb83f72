import { writeFile } from "node:fs/promises";
import path from "node:path";
import { median } from "../../../statistics";
import { command } from "../../command";
import type { Installed } from "../../install";
import { formatNumber, type Table } from "../../table";
import type { NodeRow } from "../run-program";

const ROUNDS = 7;

/** What installing and importing costs. */
export async function measureWeight(rows: readonly NodeRow[]) {
  const figures: Record<string, { megabytes: number; packages: number; importMs: number }> = {};
  const times = await importTimes(rows);
  for (const { name, installed } of rows) {
    const { bytes, packages } = installed;
    figures[name] = { megabytes: bytes / 1e6, packages, importMs: median(times.get(name) ?? []) };
  }
  return figures;
}

/** All take turns, so that the machine's moods meet all of them. */
async function importTimes(rows: readonly NodeRow[]): Promise<Map<string, number[]>> {
  const times = new Map(rows.map(({ name }): [string, number[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { name, installed } of rows) times.get(name)?.push(await importTime(installed));
  return times;
}

/** In a process that has loaded nothing. */
async function importTime({ folder, packageName }: Installed): Promise<number> {
  const program = path.join(folder, "import-time.mjs");
  const lines = [
    "const startedAt = performance.now();",
    `await import(${JSON.stringify(packageName)});`,
    "console.log(performance.now() - startedAt);",
    "process.exit(0);",
  ];
  await writeFile(program, lines.join("\n"));
  return Number(await command(process.execPath, [program], folder));
}

export function weightTable(figures: Awaited<ReturnType<typeof measureWeight>>): Table {
  return {
    title: "Node: what installing and importing costs",
    columns: ["SDK", "installed, MB", "packages", "import, ms"],
    rows: Object.entries(figures).map(([name, { megabytes, packages, importMs }]) => [
      name,
      formatNumber(megabytes),
      `${packages}`,
      formatNumber(importMs),
    ]),
  };
}
