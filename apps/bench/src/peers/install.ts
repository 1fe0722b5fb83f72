import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { command } from "./command";
import type { Subject } from "./subject";

export interface Installed extends Subject {
  /** As its installed manifest says. */
  readonly version: string;
  /** A project with this SDK in it, and nothing else. */
  readonly folder: string;
  readonly bytes: number;
  /** The SDK's own one included. */
  readonly packages: number;
}

export interface NotInstalled extends Subject {
  readonly reason: string;
}

/** Installs an SDK with npm into a project of its own. */
export async function install(
  subject: Subject,
  root: string,
  tarballs: Readonly<Record<string, readonly string[]>>,
): Promise<Installed | NotInstalled> {
  const folder = path.join(root, subject.name);
  const manifestFile = path.join(folder, "node_modules", subject.packageName, "package.json");
  const own = tarballs[subject.packageName];
  try {
    const present = await readVersion(manifestFile).catch(() => undefined);
    // Ours changes without its version.
    if (own !== undefined || present !== subject.version) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
      const what = own ?? [`${subject.packageName}@${subject.version}`];
      const flags = ["--save-exact", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
      await command("npm", ["install", ...flags, ...what], folder);
    }
    const { bytes, packages } = await measureFolder(path.join(folder, "node_modules"));
    return { ...subject, version: await readVersion(manifestFile), folder, bytes, packages };
  } catch (error) {
    return { ...subject, reason: (error as Error).message };
  }
}

async function readVersion(manifestFile: string): Promise<string> {
  return (JSON.parse(await readFile(manifestFile, "utf8")) as { version: string }).version;
}

async function measureFolder(nodeModules: string): Promise<{ bytes: number; packages: number }> {
  let bytes = 0;
  for (const entry of await readdir(nodeModules, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  const lock = JSON.parse(await readFile(path.join(nodeModules, ".package-lock.json"), "utf8"));
  return { bytes, packages: Object.keys(lock.packages).length };
}
