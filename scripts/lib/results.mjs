import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { readManifest, root, Stop, workspaceFolders } from "./workspace.mjs";

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
 *
 * @typedef {object} TurboTask the part we read of a task in turbo's run summary
 * @property {string} task
 * @property {string} package
 * @property {string} command
 * @property {string} directory
 * @property {{ status: "HIT" | "MISS" }} cache
 * @property {{ startTime: number, endTime: number, exitCode: number | null } | null} [execution]
 *
 * @typedef {object} VitestReport the part we read of vitest's JSON report
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, message: string, assertionResults: VitestCase[] }[]} testResults
 *
 * @typedef {{ fullName: string, status: string, failureMessages: string[] }} VitestCase
 */

/** @type {Readonly<Record<string, string>>} */
const reportOf = {
  test: "reports/test.json",
  "test:package": "reports/test-package.json",
  "test:e2e": "reports/test-e2e.json",
};

/** @type {Readonly<Record<string, string>>} */
const labels = {
  "check:lint": "biome: lint, format",
  "check:types": "tsc: scripts",
  "check:boundaries": "turbo boundaries",
  "check:layers": "dependency-cruiser",
  "check:unused": "knip",
  "check:versions": "sherif",
  "check:changesets": "changesets",
  "check:size": "bundle size",
  typecheck: "tsc",
};

const runs = path.join(root, ".turbo", "runs");

/** A report left over from an earlier run must not pass for this one's. */
export function removeOldReports() {
  for (const folder of [root, ...workspaceFolders()]) {
    rmSync(path.join(folder, "reports"), { recursive: true, force: true });
  }
  removeRunSummaries();
}

function removeRunSummaries() {
  rmSync(runs, { recursive: true, force: true });
}

/**
 * The results of the turbo run that has just ended.
 *
 * @param {readonly string[]} wanted names of the tasks
 * @param {string} output what turbo printed
 * @returns {Row[]}
 */
export function readResults(wanted, output) {
  const [file] = existsSync(runs) ? readdirSync(runs) : [];
  if (file === undefined) throw new Stop(`${output}\nturbo did not run.`);
  /** @type {{ tasks: TurboTask[] }} */
  const { tasks } = JSON.parse(readFileSync(path.join(runs, file), "utf8"));
  removeRunSummaries();
  const rows = tasks
    .filter(({ command, task }) => command !== "<NONEXISTENT>" && task !== "transit")
    .map((task) => toRow(task, output));
  return [...rows, ...missingRows(wanted, tasks)];
}

/**
 * turbo's summary leaves out what it did not start.
 *
 * @param {readonly string[]} wanted
 * @param {readonly TurboTask[]} started
 * @returns {Row[]}
 */
function missingRows(wanted, started) {
  return [root, ...workspaceFolders()].flatMap((folder) => {
    const { name, scripts = {} } = readManifest(folder);
    const owner = folder === root ? "//" : name;
    return wanted
      .filter((task) => scripts[task] !== undefined && (folder === root) === task.startsWith("check:"))
      .filter((task) => !started.some((other) => other.task === task && other.package === owner))
      .map((task) => ({
        ...emptyRow(task, owner),
        failed: 1,
        troubles: ["did not run, as something it needs failed"],
      }));
  });
}

/**
 * @param {string} task
 * @param {string} owner
 * @returns {Row}
 */
function emptyRow(task, owner) {
  return {
    what: labels[task] ?? task,
    where: owner === "//" ? "repository" : owner,
    passed: 0,
    failed: 0,
    skipped: 0,
    time: "",
    troubles: [],
  };
}

/**
 * @param {TurboTask} task
 * @param {string} output
 * @returns {Row}
 */
function toRow(task, output) {
  const { execution } = task;
  const cached = task.cache.status === "HIT";
  const succeeded = cached || execution?.exitCode === 0;
  const report = reportOf[task.task];
  const row = emptyRow(task.task, task.package);
  if (cached) row.time = "cached";
  else if (execution) row.time = ((execution.endTime - execution.startTime) / 1000).toFixed(1);
  if (report !== undefined) {
    countTests(row, path.join(root, task.directory, report));
  } else if (succeeded) {
    row.passed = 1;
  }
  if (!succeeded && row.failed === 0) {
    row.failed = 1;
    row.troubles.push(taskLog(task, output));
  }
  if (task.task === "check:size") row.note = readNote();
  return row;
}

/**
 * @param {Row} row
 * @param {string} file
 */
function countTests(row, file) {
  if (!existsSync(file)) {
    row.failed = 1;
    row.troubles.push(`wrote no ${path.relative(root, file)}`);
    return;
  }
  /** @type {VitestReport} */
  const report = JSON.parse(readFileSync(file, "utf8"));
  row.passed = report.numPassedTests;
  row.skipped = report.numPendingTests + report.numTodoTests;
  for (const suite of report.testResults) {
    const failures = suite.assertionResults.filter(({ status }) => status === "failed");
    for (const { fullName, failureMessages } of failures) {
      row.failed += 1;
      row.troubles.push(`${fullName}\n${indent(shorten(failureMessages.join("\n")))}`);
    }
    if (suite.status === "failed" && failures.length === 0) {
      row.failed += 1;
      row.troubles.push(`${path.basename(suite.name)}\n${indent(shorten(suite.message))}`);
    }
    testFilesRun.push(suite.name.replaceAll("\\", "/"));
  }
  if (row.passed + row.failed + row.skipped === 0) {
    row.failed = 1;
    row.troubles.push("ran no test");
  }
}

/** @type {string[]} */
const testFilesRun = [];

/**
 * A misdirected `dir` or `include` runs nothing and fails nothing.
 *
 * @returns {Row}
 */
export function everyTestFileRan() {
  const missed = workspaceFolders()
    .flatMap((folder) => testFiles(folder))
    .map((file) => path.relative(root, file).replaceAll("\\", "/"))
    .filter((file) => !testFilesRun.some((run) => run.endsWith(`/${file}`)));
  return {
    what: "every test file ran",
    where: "repository",
    passed: missed.length === 0 ? 1 : 0,
    failed: missed.length === 0 ? 0 : 1,
    skipped: 0,
    time: "",
    troubles: missed.map((file) => `${file} is in no report`),
  };
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory())
      return /^(node_modules|dist|reports|\..*)$/.test(entry.name) ? [] : testFiles(file);
    return /\.(test|spec)\.[cm]?[jt]sx?$/.test(entry.name) ? [file] : [];
  });
}

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

/**
 * @param {TurboTask} task
 * @param {string} output
 */
function taskLog(task, output) {
  const prefix = `${task.package}:${task.task}: `;
  const log = output
    .split("\n")
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length))
    .filter((line) => !/^(> |\s*ELIFECYCLE|cache (miss|bypass))/.test(line));
  return log.join("\n").trim();
}

/** Prints the tables that tests wrote beside their reports. */
export function printTablesOfTests() {
  for (const folder of workspaceFolders()) {
    const reports = path.join(folder, "reports");
    const tables = existsSync(reports) ? readdirSync(reports).filter((file) => file.endsWith(".txt")) : [];
    for (const table of tables) console.log(`\n${readFileSync(path.join(reports, table), "utf8").trimEnd()}`);
  }
}

function readNote() {
  const file = path.join(root, "reports", "size.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** @param {string} text */
const indent = (text) => text.replaceAll(/^(?=.)/gm, "  ");

/** @param {string} text */
function shorten(text) {
  const lines = text
    .trim()
    .split("\n")
    .filter((line) => !/^\s+at .*(node_modules|node:internal|<anonymous>)/.test(line));
  return lines.length > 30 ? [...lines.slice(0, 30), "…"].join("\n") : lines.join("\n");
}
