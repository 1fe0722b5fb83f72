import getReleasePlan from "@changesets/get-release-plan";
import { readManifest, root, workspaceFolders } from "./lib/workspace.mjs";

// `changeset status` compares with the main branch, which a clone need not have. This reads the same plan; it
// throws when the configuration or a changeset names an unknown package.
const plan = await getReleasePlan(root);

const isPrivate = new Map(
  workspaceFolders().map((folder) => {
    const manifest = readManifest(folder);
    return [manifest.name, manifest.private === true];
  }),
);
for (const { id, summary, releases } of plan.changesets) {
  const privateNames = releases.map(({ name }) => name).filter((name) => isPrivate.get(name));
  if (summary.trim() === "") fail(`.changeset/${id}.md says nothing`);
  if (privateNames.length > 0) fail(`.changeset/${id}.md names what is not published: ${privateNames}`);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
