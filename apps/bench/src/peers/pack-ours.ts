import { createRequire } from "node:module";
import path from "node:path";
import { command } from "./command";

const require = createRequire(import.meta.url);

/** Tarballs as the registry would get them, by package. A package of ours is installed with what it depends on. */
export async function packOurs(destination: string): Promise<Record<string, readonly string[]>> {
  const pack = async (manifest: string) => {
    const args = ["pack", "--json", "--pack-destination", destination];
    const packed = JSON.parse(await command("pnpm", args, path.dirname(manifest))) as { filename: string };
    return packed.filename;
  };
  const core = await pack(require.resolve("@segops/core/package.json"));
  const node = await pack(require.resolve("@segops/node/package.json"));
  const browser = await pack(require.resolve("@segops/browser/package.json"));
  return { "@segops/node": [core, node], "@segops/browser": [core, browser] };
}
