import { printFailures, printTable, printTablesOfTests } from "./lib/print-results.mjs";
import { interrupted } from "./lib/run.mjs";
import { everyTestFileRan } from "./lib/test-reports.mjs";
import { readResults, removeOldReports } from "./lib/turbo-results.mjs";
import { install, pnpmEnvironment, runMain, turbo } from "./lib/workspace.mjs";

const checks = [
  "lint",
  "types",
  "boundaries",
  "layers",
  "unused",
  "versions",
  "changesets",
  "manifests",
  "release",
  "size",
  "api",
  "docs",
  "examples",
];
const tasks = [...checks.map((name) => `check:${name}`), "build", "typecheck", "test", "test:package"];

runMain(async () => {
  const env = await pnpmEnvironment();
  console.log("Installing …");
  await install(env);
  removeOldReports();

  const everything = ["--continue=dependencies-successful", "--summarize"];
  console.log("Building, checking, testing …");
  const main = await turbo([...tasks, ...everything, "--concurrency=3"], env);
  if (interrupted()) return 130;
  const rows = readResults(tasks, main.output);

  // Apart from the rest, and few at a time: these start browsers, databases and whole systems, and mostly wait.
  console.log("Testing end to end …\n");
  const e2e = await turbo(["test:e2e", "--only", ...everything, "--concurrency=3"], env);
  if (interrupted()) return 130;
  const e2eRows = readResults(["test:e2e"], e2e.output);
  rows.push(...e2eRows, everyTestFileRan());

  const skippedE2e = e2eRows.reduce((sum, row) => sum + row.skipped, 0);
  if (process.env.SEGOPS_REQUIRE_BROWSER === "1") {
    rows.push({
      what: "no browser test skipped",
      where: "repository",
      passed: skippedE2e === 0 ? 1 : 0,
      failed: skippedE2e === 0 ? 0 : 1,
      skipped: 0,
      time: "",
      troubles: [`SEGOPS_REQUIRE_BROWSER=1, yet ${skippedE2e} end-to-end tests were skipped.`],
    });
  }

  printTable(rows);
  printTablesOfTests();
  printFailures(rows);
  const total = (/** @type {"passed" | "failed" | "skipped"} */ key) =>
    rows.reduce((sum, row) => sum + row[key], 0);
  console.log(`\n${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`);
  return total("failed") > 0 ? 1 : 0;
});
