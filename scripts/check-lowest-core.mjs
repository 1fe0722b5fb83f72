import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "./lib/run.mjs";
import { pnpmEnvironment, readManifest, root, runMain, Stop } from "./lib/workspace.mjs";

// A package that takes ^1.2.3 of @segops/core must work with 1.2.3 itself, which a fresh installation never has.
const CORE = "@segops/core";
const DEPENDENTS = ["node", "browser", "react"];

runMain(async () => {
  const env = await pnpmEnvironment();
  const folder = mkdtempSync(path.join(tmpdir(), "segops-core-"));
  try {
    const ranges = new Set(DEPENDENTS.map(rangeOfCore));
    let failures = 0;
    for (const range of ranges) {
      const lowest = range.replace(/^[~^]/, "");
      const isPublished = await existsInRegistry(lowest, env);
      const specifier = isPublished ? `${CORE}@${lowest}` : await packPresentCore(folder, env);
      console.log(
        isPublished
          ? `The lowest core that ${range} allows is ${lowest}: from the registry.`
          : `The lowest core that ${range} allows is ${lowest}, which nobody has published: the present one, packed, stands in.`,
      );
      const core = await install(specifier, path.join(folder, lowest), env);
      for (const name of DEPENDENTS.filter((dependent) => rangeOfCore(dependent) === range)) {
        failures += await runSuite(name, core, env);
      }
    }
    return failures === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * As a registry would show it: pnpm turns `workspace:^` into `^` and the present version when it packs.
 *
 * @param {string} dependent
 */
function rangeOfCore(dependent) {
  const { dependencies = {} } = manifestOf(dependent);
  const { version } = manifestOf("core");
  return (dependencies[CORE] ?? "").replace(/^workspace:([~^]?)$/, `$1${version}`).replace(/^workspace:/, "");
}

/**
 * @param {string} name
 * @returns {{ version: string, dependencies?: Record<string, string> }}
 */
const manifestOf = (name) => /** @type {any} */ (readManifest(path.join(root, "packages", name)));

/**
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 */
async function existsInRegistry(version, env) {
  const { code, output } = await run("npm", ["view", `${CORE}@${version}`, "version"], {
    cwd: tmpdir(),
    env,
  });
  if (code === 0) return output.trim() !== "";
  if (/\bE404\b/.test(output)) return false;
  throw new Stop(`The registry could not be asked for ${CORE}@${version}:\n${output}`);
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function packPresentCore(folder, env) {
  const args = ["pack", "--json", "--pack-destination", folder];
  const { code, output } = await run("pnpm", args, { cwd: path.join(root, "packages", "core"), env });
  if (code !== 0) throw new Stop(`pnpm pack: ${output}`);
  return /** @type {{ filename: string }} */ (JSON.parse(output)).filename;
}

/**
 * @param {string} specifier
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function install(specifier, folder, env) {
  mkdirSync(folder);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", specifier];
  const { code, output } = await run("npm", args, { cwd: folder, env });
  if (code !== 0) throw new Stop(`npm install ${specifier}: ${output}`);
  return path.join(folder, "node_modules", CORE);
}

/**
 * @param {string} name
 * @param {string} core
 * @param {NodeJS.ProcessEnv} env
 */
async function runSuite(name, core, env) {
  const cwd = path.join(root, "packages", name);
  const report = path.join(core, `${name}.json`);
  const args = ["exec", "vitest", "run", `--outputFile.json=${report}`];
  const { code, output } = await run("pnpm", args, { cwd, env: { ...env, SEGOPS_CORE_FOLDER: core } });
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(path.join(core, "package.json"), "utf8"));
  if (code !== 0) console.error(output);
  console.log(`@segops/${name} with ${CORE} ${version}: ${code === 0 ? "passed" : "FAILED"}`);
  return code === 0 ? 0 : 1;
}
