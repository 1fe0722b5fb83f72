import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { run } from "../lib/run.mjs";
import { readManifest, root, workspaceFolders } from "../lib/workspace.mjs";

/** What may be in a tarball. The tests of a package say what must be. */
const ALLOWED = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/([\w-]+\/)*[\w.-]+\.(js|cjs|d\.ts|d\.cts|js\.map|cjs\.map)$/,
  // The source maps point there.
  /^src\/([\w-]+\/)*(?![\w.-]*\.test)[\w.-]+\.tsx?$/,
];
/** A server with pages of its own. */
const ALLOWED_IN_LOCAL_API = [
  /^dist\/page\/([\w-]+\/)*[\w-]+\.(html|css|js|svg)$/,
  /^dist\/conformance\/[\w-]+\.json$/,
];

/**
 * Publishes to nowhere. Answers which packages would go out, and what is wrong with them.
 *
 * @returns {Promise<{ names: string[], files: number, troubles: string[] } | undefined>} Undefined without a network.
 */
export async function rehearsePublishing() {
  const summary = path.join(root, "pnpm-publish-summary.json");
  const options = ["--dry-run", "--no-git-checks", "--report-summary", "--access=public"];
  // npm names the files in notices, which `npm test --silent` would silence here too.
  const env = { ...process.env, npm_config_loglevel: "notice" };
  const { code, output } = await run("pnpm", ["--recursive", "publish", ...options], { cwd: root, env });
  // pnpm asks the registry what is there already. Without a network only the versions are rehearsed, but not in CI.
  const isOffline =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|META_FETCH_FAIL/.test(output) && !process.env.CI;
  if (code !== 0 && isOffline) return undefined;
  if (code !== 0) return { names: [], files: 0, troubles: [`pnpm publish ended with ${code}: ${output}`] };
  /** @type {{ publishedPackages: { name: string }[] }} */
  const { publishedPackages } = JSON.parse(readFileSync(summary, "utf8"));
  rmSync(summary);

  const names = publishedPackages.map(({ name }) => name).sort();
  const expected = workspaceFolders()
    .map((folder) => readManifest(folder))
    .filter((manifest) => !manifest.private)
    .map(({ name }) => name)
    .sort();
  const troubles =
    names.join() === expected.join() ? [] : [`would publish ${names.join(", ")}, not ${expected.join(", ")}`];

  const contents = filesByPackage(output);
  for (const name of names) {
    const files = contents.get(name) ?? [];
    const allowed = name === "@segops/local-api" ? [...ALLOWED, ...ALLOWED_IN_LOCAL_API] : ALLOWED;
    const unexpected = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
    if (unexpected.length > 0) troubles.push(`${name} would hold ${unexpected.join(", ")}`);
    const missing = ["LICENSE", "README.md", "package.json"].filter((file) => !files.includes(file));
    if (missing.length > 0) troubles.push(`${name} would lack ${missing.join(", ")}`);
    if (!files.some((file) => file.endsWith(".js.map"))) troubles.push(`${name} would have no source map`);
  }
  return { names, files: [...contents.values()].flat().length, troubles };
}

/**
 * npm's notices: the package, then a line of size and path for each of its files.
 *
 * @param {string} output
 */
function filesByPackage(output) {
  /** @type {Map<string, string[]>} */
  const contents = new Map();
  /** @type {string[]} */
  let files = [];
  for (const line of output.split("\n")) {
    const name = /^npm notice 📦\s+(\S+)@[^@\s]+$/.exec(line)?.[1];
    if (name !== undefined) {
      files = [];
      contents.set(name, files);
    }
    const file = /^npm notice [\d.]+[kM]?B (.+)$/.exec(line)?.[1];
    if (file !== undefined) files.push(file);
  }
  return contents;
}
