import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { optionalDependencies } from "node-versions/package.json";

/** A Node to run programs with. */
export interface NodeVersion {
  readonly name: string;
  /** Undefined: it is not installed here. */
  readonly path: string | undefined;
}

const require = createRequire(import.meta.url);
const requireFromVersions = createRequire(require.resolve("node-versions/package.json"));

const running: NodeVersion = { name: `${process.versions.node} (this one)`, path: process.execPath };

export const nodeVersions: readonly NodeVersion[] = [
  running,
  ...Object.entries(optionalDependencies).map(([alias, specifier]) => ({
    name: specifier.slice(specifier.lastIndexOf("@") + 1),
    path: installedPath(alias),
  })),
].sort((one, other) => Number.parseInt(one.name, 10) - Number.parseInt(other.name, 10));

function installedPath(alias: string): string | undefined {
  try {
    return join(dirname(requireFromVersions.resolve(`${alias}/package.json`)), "bin", "node");
  } catch {
    // The packages are for Linux on x64; elsewhere pnpm leaves them out.
    return undefined;
  }
}
