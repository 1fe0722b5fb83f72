import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** One CommonJS file made from the sources, so that a process of a test's own need not wait for a build. */
export async function bundle(entryPoint: URL, fileName: string): Promise<string> {
  const outfile = path.join(await mkdtemp(path.join(tmpdir(), "segops-node-")), fileName);
  await build({
    entryPoints: [fileURLToPath(entryPoint)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node18",
    format: "cjs",
    conditions: ["@segops/source"],
    logLevel: "error",
  });
  return outfile;
}
