import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./lib/workspace.mjs";

/**
 * What an import costs the user's bundle, or a file the page that loads it, measured on the built package.
 *
 * @typedef {object} Budget
 * @property {string} package folder of the importing package
 * @property {string} [import]
 * @property {string} [file] in place of an import: a built file that is loaded as it is
 * @property {number} maxGzipBytes
 * @property {string[]} mustNotContain
 * @property {string} [onTopOf] an import that is there anyway: only what comes on top of it counts
 * @property {string[]} [external] what is counted elsewhere, or by the host
 */

/** @type {Budget[]} */
const budgets = JSON.parse(readFileSync(path.join(root, "size-budgets.json"), "utf8"));
const format = (/** @type {number} */ bytes) => bytes.toLocaleString("en");

/**
 * Leaves packages out, and what is imported of them without a use.
 *
 * @param {string[]} names
 * @returns {import("esbuild").Plugin}
 */
const leaveOut = (names) => ({
  name: "leave-out",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path: name }) =>
      names.includes(name) ? { path: name, external: true, sideEffects: false } : undefined,
    );
  },
});

/**
 * What a page would load for imports all of whose names it uses.
 *
 * @param {string[]} imports
 * @param {Budget} budget
 */
async function bundle(imports, { package: folder, external = [] }) {
  const used = imports.map((each) => `globalThis.used = ${/\{.*\}/.exec(each)?.[0]};`);
  const { outputFiles } = await build({
    stdin: { contents: [...imports, ...used].join("\n"), resolveDir: path.join(root, folder) },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2020",
    plugins: [leaveOut(external)],
    logLevel: "error",
  });
  return measured(outputFiles[0]?.text ?? "");
}

const measured = (/** @type {string} */ code) => ({ code, bytes: gzipSync(code, { level: 9 }).length });

/** @type {string[]} */
const sizes = [];
for (const budget of budgets) {
  const there = budget.onTopOf ? [budget.onTopOf] : [];
  const { code, bytes: all } = budget.file
    ? measured(readFileSync(path.join(root, budget.package, budget.file), "utf8"))
    : await bundle([...there, budget.import ?? ""], budget);
  const bytes = budget.onTopOf ? all - (await bundle(there, budget)).bytes : all;
  const name = budget.file ?? budget.import;
  const what = budget.onTopOf ? `${name}, on top of ${budget.onTopOf}` : name;
  sizes.push(`${format(bytes)} of ${format(budget.maxGzipBytes)} B`);
  console.log(`${what}: ${format(bytes)} B gzip of ${format(budget.maxGzipBytes)}`);

  if (bytes > budget.maxGzipBytes) {
    console.error(`  over budget by ${format(bytes - budget.maxGzipBytes)} B`);
    process.exitCode = 1;
  }
  for (const name of budget.mustNotContain) {
    const identifier = new RegExp(`(?<![\\w$.])${name.replace(" ", "\\s+")}(?![\\w$])`);
    const found = identifier.exec(code);
    if (found === null) continue;
    console.error(`  contains ${name}: …${code.slice(Math.max(0, found.index - 30), found.index + 30)}…`);
    process.exitCode = 1;
  }
}
mkdirSync(path.join(root, "reports"), { recursive: true });
writeFileSync(path.join(root, "reports", "size.txt"), sizes.join(", "));
