import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { countTests } from "./test-reports.mjs";
import { readManifest, root, Stop, workspaceFolders } from "./workspace.mjs";

/**
 * @typedef {object} TurboTask the part we read of a task in turbo's run summary
 * @property {string} task
 * @property {string} package
 * @property {string} command
 * @property {string} directory
 * @property {{ status: "HIT" | "MISS" }} cache
 * @property {{ startTime: number, endTime: number, exitCode: number | null } | null} [execution]
 *
 * @typedef {import("./print-results.mjs").Row} Row
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

function readNote() {
  const file = path.join(root, "reports", "size.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}
