import { type FaultCase, lost, type Outcome } from "./fault-case";

const HEADER = ["fault", "tracked", "delivered", "refused", "dropped", "kept", "duplicated", "lost", ""];

/** The matrix as text. A case without an outcome was left out, or failed before it had one. */
export function matrixTable(cases: readonly FaultCase[], outcomes: ReadonlyMap<FaultCase, Outcome>): string {
  const lines = [HEADER, ...cases.map((faultCase) => toCells(faultCase, outcomes.get(faultCase)))];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column > 0 && column < HEADER.length - 1 ? cell.padStart(width) : cell.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function toCells({ fault, skip }: FaultCase, outcome: Outcome | undefined): string[] {
  if (!outcome) {
    const nothing = HEADER.slice(1, -1).map(() => "-");
    return [fault, ...nothing, skip ? `skipped: ${skip}` : "no outcome"];
  }
  const { tracked, delivered, refused, dropped, kept, duplicated, note = "" } = outcome;
  const counts = [tracked, delivered, refused, dropped, kept, duplicated, lost(outcome)];
  return [fault, ...counts.map(String), note];
}
