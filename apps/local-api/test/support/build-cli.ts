import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const folder = new URL("../../node_modules/.cache/segops-local/", import.meta.url);

/** The command, built from the sources once for each run of the tests. */
export const cliPath: string = fileURLToPath(new URL("cli.js", folder));

export default async function buildCli(): Promise<void> {
  await build({
    config: false,
    silent: true,
    entry: { cli: fileURLToPath(new URL("../../src/cli.ts", import.meta.url)) },
    outDir: fileURLToPath(folder),
    format: ["esm"],
    target: "node20",
    platform: "node",
    noExternal: ["@segops/core"],
    esbuildOptions: (options) => {
      options.conditions = ["@segops/source"];
    },
  });
  await cp(new URL("../../src/page/", import.meta.url), new URL("page/", folder), { recursive: true });
}
