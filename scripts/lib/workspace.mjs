import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { interrupted, run } from "./run.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folders of all packages. */
export function workspaceFolders() {
  return ["packages", "apps"]
    .map((parent) => path.join(root, parent))
    .filter((parent) => existsSync(parent))
    .flatMap((parent) => readdirSync(parent).map((name) => path.join(parent, name)))
    .filter((folder) => existsSync(path.join(folder, "package.json")));
}

/**
 * @param {string} folder
 * @returns {{ name: string, private?: boolean, packageManager?: string, scripts?: Record<string, string>, exports?: Record<string, string | Record<string, string>> }}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}

/** Ends the script with a message; without one after Ctrl-C, which needs no explanation. */
export class Stop extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a script's main function; its failures end the process with a readable message.
 *
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (interrupted()) {
      process.exitCode = 130;
    } else if (error instanceof Stop) {
      console.error(error.message);
      process.exitCode = error.exitCode;
    } else {
      console.error(error);
      process.exitCode = 1;
    }
  }
}

/**
 * An environment in which `pnpm` is the version package.json names. npx fetches it where it is missing, so Node
 * and its npm are all a machine needs.
 *
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function pnpmEnvironment() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Stop(`Node 20 or newer is needed; this is ${process.versions.node}.`);

  const pnpm = readManifest(root).packageManager?.split("+")[0] ?? "pnpm";
  // npm describes the script and folder it was started with in these; to npx and pnpm they would be orders.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(config_(local_|global_)?prefix|lifecycle_|package_|command$)|path$)/i.test(name),
    ),
  );
  Object.assign(env, {
    PATH: process.env.PATH,
    TURBO_TELEMETRY_DISABLED: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
    npm_config_update_notifier: "false",
  });

  const npx = ["-y", "--prefer-offline", `--package=${pnpm}`, "--", "node", "-p", "process.env.PATH"];
  const { code, output } = await run("npx", npx, { cwd: root, env });
  if (code !== 0) throw new Stop(`${output}\nnpx could not fetch ${pnpm}.`);
  const searchPath = output.trim().split("\n").at(-1) ?? "";
  env.PATH = searchPath;
  return env;
}

/**
 * Installs what the lockfile names.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export async function install(env) {
  const { code, output } = await run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], {
    cwd: root,
    env,
  });
  if (code !== 0) throw new Stop(`${output}\nThe installation failed.`);
}

/**
 * Runs turbo and keeps what the failing tasks print.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function turbo(args, env) {
  const quiet = ["--output-logs=errors-only", "--log-order=grouped", "--no-color"];
  return run("pnpm", ["exec", "turbo", "run", ...args, ...quiet], { cwd: root, env });
}
