import { readFileSync } from "node:fs";
import path from "node:path";
import { readManifest, root, workspaceFolders } from "./lib/workspace.mjs";

// What a registry shows of a package, and what tools read from it: the same in each that is published.
const REPOSITORY = "https://github.com/segops/segops-sdk";
const OLDEST_NODE = ">=18.17";
/** A server of its own process, and no library: it may ask for more. */
const NEWER_NODE = new Map([["@segops/local-api", ">=20"]]);

const published = workspaceFolders().filter((folder) => readManifest(folder).private !== true);
for (const folder of published) {
  const manifest = /** @type {Record<string, unknown> & { name: string }} */ (readManifest(folder));
  const directory = path.relative(root, folder).replaceAll("\\", "/");

  /** @type {Record<string, unknown>} */
  const expected = {
    license: "MIT",
    homepage: `${REPOSITORY}/tree/main/${directory}#readme`,
    bugs: `${REPOSITORY}/issues`,
    repository: { type: "git", url: `git+${REPOSITORY}.git`, directory },
    engines: { node: NEWER_NODE.get(manifest.name) ?? OLDEST_NODE },
  };
  for (const [field, value] of Object.entries(expected)) {
    if (JSON.stringify(manifest[field]) !== JSON.stringify(value))
      fail(manifest.name, `${field} must be ${JSON.stringify(value)}`);
  }
  // A copy in each package: a tarball stands alone.
  if (licenseOf(folder) !== licenseOf(root)) fail(manifest.name, "needs a copy of the LICENSE");
  if (typeof manifest.description !== "string") fail(manifest.name, "has no description");
  if (!Array.isArray(manifest.keywords) || manifest.keywords.length < 4)
    fail(manifest.name, "has too few keywords");
  if (manifest.sideEffects === undefined) fail(manifest.name, "does not say which files have sideEffects");

  // A library that pins a sibling exactly cannot be installed beside another that pins the next one.
  const dependencies = /** @type {Record<string, string>} */ (manifest.dependencies ?? {});
  for (const [name, range] of Object.entries(dependencies)) {
    if (name.startsWith("@segops/") && range !== "workspace:^")
      fail(manifest.name, `must take a range of ${name} (workspace:^), not ${range}`);
  }
}
console.log(
  `${published.length} published packages: ${published.map((folder) => path.basename(folder)).join(", ")}`,
);

/** @param {string} folder */
function licenseOf(folder) {
  try {
    return readFileSync(path.join(folder, "LICENSE"), "utf8");
  } catch {
    return undefined;
  }
}

/**
 * @param {string} name
 * @param {string} problem
 */
function fail(name, problem) {
  console.error(`${name} ${problem}`);
  process.exitCode = 1;
}
