import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { workspaceFolders } from "./workspace.mjs";

/**
 * @typedef {object} Row one line of the table of results
 * @property {string} what
 * @property {string} where
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} time
 * @property {string | undefined} [note]
 * @property {string[]} troubles what to show about the failures
 */

/** @param {readonly Row[]} rows */
export function printTable(rows) {
  const header = ["check", "package", "passed", "failed", "skipped", "seconds", ""];
  const lines = [header, ...rows.map(toCells)];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  for (const line of lines) {
    const cells = line.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column >= 2 && column <= 5 ? cell.padStart(width) : cell.padEnd(width);
    });
    console.log(cells.join("  ").trimEnd());
  }
}

/** @param {Row} row */
function toCells({ what, where, passed, failed, skipped, time, note }) {
  const verdict = failed > 0 ? "FAILED" : (note ?? "");
  return [what, where, String(passed), String(failed), String(skipped), time, verdict];
}

/** @param {readonly Row[]} rows */
export function printFailures(rows) {
  for (const { what, where, failed, troubles } of rows) {
    if (failed === 0) continue;
    console.log(`\nFAILED  ${what}, ${where}`);
    for (const trouble of troubles) console.log(indent(trouble));
  }
}

/** Prints the tables that tests wrote beside their reports. */
export function printTablesOfTests() {
  for (const folder of workspaceFolders()) {
    const reports = path.join(folder, "reports");
    const tables = existsSync(reports) ? readdirSync(reports).filter((file) => file.endsWith(".txt")) : [];
    for (const table of tables) console.log(`\n${readFileSync(path.join(reports, table), "utf8").trimEnd()}`);
  }
}

/** @param {string} text */
export const indent = (text) => text.replaceAll(/^(?=.)/gm, "  ");
