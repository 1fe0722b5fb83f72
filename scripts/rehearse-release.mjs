import { runMain } from "./lib/workspace.mjs";
import { rehearsePublishing } from "./release/rehearse-publishing.mjs";
import { rehearseVersions } from "./release/rehearse-versions.mjs";

// The next release, with nothing left behind: versions and changelogs in a copy, and a publication to nowhere.
runMain(async () => {
  const { releases, troubles } = await rehearseVersions();
  const publishing = await rehearsePublishing();
  troubles.push(...(publishing?.troubles ?? []));

  console.log(
    releases.length === 0
      ? "No changeset: the next release has nothing in it."
      : `The next release: ${releases.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
  );
  console.log(
    publishing
      ? `Would publish ${publishing.names.length} packages with ${publishing.files} files.`
      : "The registry cannot be reached: publishing is not rehearsed.",
  );
  for (const trouble of troubles) console.error(trouble);
  return troubles.length === 0 ? 0 : 1;
});
