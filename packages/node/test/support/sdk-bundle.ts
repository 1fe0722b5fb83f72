import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

let path: Promise<string> | undefined;

/** The client as one CommonJS file, made from the sources: what a program of a test requires. */
export function sdkBundle(): Promise<string> {
  path ??= (async () => {
    const outfile = join(await mkdtemp(join(tmpdir(), "segops-node-")), "sdk.cjs");
    await build({
      entryPoints: [fileURLToPath(new URL("../../src/index.ts", import.meta.url))],
      outfile,
      bundle: true,
      platform: "node",
      target: "node18",
      format: "cjs",
      conditions: ["@segops/source"],
      logLevel: "error",
    });
    return outfile;
  })();
  return path;
}
