import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { indent } from "./print-results.mjs";
import { root, workspaceFolders } from "./workspace.mjs";

/**
 * @typedef {object} VitestReport the part we read of vitest's JSON report
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, message: string, assertionResults: VitestCase[] }[]} testResults
 *
 * @typedef {{ fullName: string, status: string, failureMessages: string[] }} VitestCase
 *
 * @typedef {import("./print-results.mjs").Row} Row
 */

/**
 * Adds what a suite has reported.
 *
 * @param {Row} row
 * @param {string} file
 */
export function countTests(row, file) {
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

/** @param {string} text */
function shorten(text) {
  const lines = text
    .trim()
    .split("\n")
    .filter((line) => !/^\s+at .*(node_modules|node:internal|<anonymous>)/.test(line));
  return lines.length > 30 ? [...lines.slice(0, 30), "…"].join("\n") : lines.join("\n");
}
