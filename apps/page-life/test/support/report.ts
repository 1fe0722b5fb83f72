import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { sayWhatIsMissing } from "./engines";

/** What became of the events of one telling of a story. */
export interface Row {
  readonly story: string;
  readonly engine: string;
  readonly tracked: number;
  readonly atOnce: number;
  readonly distinct: number;
  readonly twice: number;
  /** Events that came again and were known by their ids. */
  readonly sentAgain: number;
}

const reports = new URL("../../reports/", import.meta.url);
const rowsFile = new URL("page-life.jsonl", reports);

export function addRow(row: Row): void {
  mkdirSync(reports, { recursive: true });
  appendFileSync(rowsFile, `${JSON.stringify(row)}\n`);
}

/** Before all tests: forgets what an earlier run wrote. */
export function setup(): void {
  sayWhatIsMissing();
  rmSync(rowsFile, { force: true });
}

/** After all tests: the table. */
export function teardown(): void {
  if (!existsSync(rowsFile)) return;
  const rows = readFileSync(rowsFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  const table = tableOf(rows);
  writeFileSync(new URL("page-life.txt", reports), `${table}\n`);
  console.log(`\n${table}\n`);
}

function tableOf(rows: readonly Row[]): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = `${row.story} ${row.engine}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const lines = [["Story", "in", "rounds", "tracked", "at once", "later", "twice", "sent again"]];
  for (const name of [...groups.keys()].sort()) {
    const group = groups.get(name) ?? [];
    const [{ story, engine }] = group as [Row];
    const figures = (["tracked", "atOnce", "distinct", "twice", "sentAgain"] as const).map((name) =>
      range(group.map((row) => row[name])),
    );
    lines.push([story, engine, `${group.length}`, ...figures]);
  }
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function range(figures: readonly number[]): string {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  return least === most ? `${least}` : `${least} to ${most}`;
}
