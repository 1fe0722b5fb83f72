import { type Figure, judge, type Target } from "./figure";

const HEADER = ["figure", "client", "baseline", "", "ratio", "target", ""];
const NUMERIC = new Set([1, 2, 4]);

/** The figures as a table for the terminal. */
export function formatFigures(figures: readonly Figure[]): string {
  const lines = [HEADER, ...figures.map(toCells)];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) =>
          NUMERIC.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function toCells(figure: Figure): string[] {
  const { name, unit, client, baseline, baselineName, ratio, target } = figure;
  return [
    `${name}, ${unit}`,
    formatNumber(client),
    formatNumber(baseline),
    baselineName,
    ratio.toFixed(2),
    formatTarget(target),
    judge(figure),
  ];
}

function formatTarget(target: Target | undefined): string {
  if (target === undefined) return "";
  const bound =
    target.atMost === undefined ? `≥ ${target.atLeast?.toLocaleString("en")}` : `≤ ${target.atMost}`;
  return target.of === "ratio" ? `ratio ${bound}` : bound;
}

function formatNumber(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
