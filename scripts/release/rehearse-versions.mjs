import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import getReleasePlan from "@changesets/get-release-plan";
import { run } from "../lib/run.mjs";
import { readManifest, root, workspaceFolders } from "../lib/workspace.mjs";

/**
 * Lets `changeset version` loose on a copy of the manifests. Answers what it did to them, and what it should not have.
 *
 * @returns {Promise<{ releases: { name: string, version: string }[], troubles: string[] }>}
 */
export async function rehearseVersions() {
  const copy = mkdtempSync(path.join(tmpdir(), "segops-release-"));
  try {
    await copyManifests(copy);
    const plan = await getReleasePlan(copy);
    const { code, output } = await run(process.execPath, [cli(copy), "version"], { cwd: copy });
    const troubles = code === 0 ? [] : [`changeset version ended with ${code}: ${output}`];

    /** @type {{ name: string, version: string }[]} */
    const releases = [];
    for (const folder of workspaceFolders()) {
      const before = /** @type {Manifest} */ (readManifest(folder));
      const there = path.join(copy, path.relative(root, folder));
      const { version } = /** @type {Manifest} */ (readManifest(there));
      const changes = path.join(there, "CHANGELOG.md");
      const changelog = existsSync(changes) ? readFileSync(changes, "utf8") : "";
      const release = plan.releases.find(({ name, type }) => name === before.name && type !== "none");

      if (before.private && (version !== before.version || changelog !== ""))
        troubles.push(`${before.name} is private, and became ${version}`);
      if (before.private) continue;
      if (release === undefined && before.version === "0.0.0")
        troubles.push(`${before.name} has never been released, and no changeset names it`);
      if (version !== (release?.newVersion ?? before.version))
        troubles.push(`${before.name} became ${version} instead of ${release?.newVersion ?? before.version}`);
      if (release === undefined) continue;
      releases.push({ name: before.name, version });
      if (!changelog.includes(`\n## ${version}\n`))
        troubles.push(`the changelog of ${before.name} has no ${version}`);
      for (const id of release.changesets) {
        const summary = plan.changesets.find((changeset) => changeset.id === id)?.summary ?? "";
        const [firstLine = ""] = summary.split("\n");
        if (!changelog.includes(firstLine))
          troubles.push(`the changelog of ${before.name} does not say: ${firstLine}`);
      }
    }
    return { releases, troubles };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @typedef {{ name: string, version: string, private?: boolean }} Manifest */

/** @param {string} copy */
const cli = (copy) => path.join(copy, "node_modules", "@changesets", "cli", "bin.js");

/** @param {string} copy */
async function copyManifests(copy) {
  const files = ["package.json", "pnpm-workspace.yaml", ".changeset"];
  for (const folder of workspaceFolders()) {
    const relative = path.relative(root, folder);
    for (const name of ["package.json", "CHANGELOG.md"]) {
      if (existsSync(path.join(folder, name))) files.push(path.join(relative, name));
    }
  }
  for (const file of files) cpSync(path.join(root, file), path.join(copy, file), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");

  // The changelogs name the commits that the changesets came with.
  const identity = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost"];
  for (const args of [
    ["init", "--quiet", "--initial-branch=main"],
    ["add", ...files],
    [...identity, "commit", "--quiet", "--message=rehearsal"],
  ]) {
    const { code, output } = await run("git", args, { cwd: copy });
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${output}`);
  }
}
