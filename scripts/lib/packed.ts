import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../../", import.meta.url));
const windows = process.platform === "win32";

/** A package as the registry would get it. */
export interface Tarball {
  readonly name: string;
  readonly file: string;
  /** Paths of the files in it. */
  readonly files: readonly string[];
}

/** A project outside the workspace, with nothing in it but what was installed. */
export interface Project {
  readonly folder: string;
  /** The manifest of an installed package. */
  manifest(packageName: string): Promise<Record<string, unknown>>;
  /** Runs a program in the project with this Node, and answers what it printed. */
  run(fileName: string, source: string, ...args: string[]): Promise<string>;
  /** Checks a TypeScript program, declarations of the packages included. Answers the compiler's complaints. */
  typecheck(source: string, options: { resolution: "node16" | "bundler"; types?: string[] }): Promise<string>;
  remove(): Promise<void>;
}

interface Finished {
  readonly code: number;
  readonly output: string;
}

/** Packs a package of this workspace, by its folder: `packages/core`. */
export async function pack(folder: string, destination: string): Promise<Tarball> {
  const { code, output } = await finish("pnpm", ["pack", "--json", "--pack-destination", destination], {
    cwd: path.join(root, folder),
  });
  if (code !== 0) throw new Error(`pnpm pack: ${output}`);
  const packed: { name: string; filename: string; files: { path: string }[] } = JSON.parse(output);
  return { name: packed.name, file: packed.filename, files: packed.files.map((file) => file.path) };
}

/** What publint has to say about a package, suggestions included. It packs the package itself, to see what is left out. */
export async function publintMessages(folder: string): Promise<string[]> {
  const { messages, pkg } = await publint({
    pkgDir: path.join(root, folder),
    strict: true,
    pack: "pnpm",
  });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** How the types of every entry resolve under node16 and bundler resolution, or for ES modules alone. */
export function attw(tarball: Tarball, profile: "node16" | "esm-only" = "node16"): Promise<Finished> {
  const manifest = require.resolve("@arethetypeswrong/cli/package.json");
  const cli = path.join(path.dirname(manifest), "dist", "index.js");
  return finish(process.execPath, [cli, tarball.file, "--profile", profile, "--no-color", "--no-emoji"], {
    cwd: tmpdir(),
  });
}

/**
 * Installs tarballs with npm alone. `vendored` packages come from this workspace's own installation instead of the
 * registry, so that it works offline.
 */
export async function installProject(options: {
  tarballs: readonly Tarball[];
  vendored?: readonly { name: string; from: string }[];
  linked?: readonly { name: string; from: string }[];
}): Promise<Project> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "segops-consumer-")));
  const overrides: Record<string, string> = {};
  for (const { name, from } of options.vendored ?? []) {
    const installed = await realpath(path.join(root, from, "node_modules", name));
    const packed = await finish(
      "npm",
      ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder, installed],
      {
        cwd: folder,
      },
    );
    if (packed.code !== 0) throw new Error(`npm pack: ${packed.output}`);
    overrides[name] = `file:./${packed.output.trim()}`;
  }
  const dependencies = Object.fromEntries(options.tarballs.map(({ name, file }) => [name, `file:${file}`]));
  const manifest = { name: "consumer", private: true, dependencies, overrides };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  const flags = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const installed = await finish("npm", ["install", ...flags], { cwd: folder });
  if (installed.code !== 0) throw new Error(`npm install: ${installed.output}`);

  for (const { name, from } of options.linked ?? []) {
    const link = path.join(folder, "node_modules", name);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(await realpath(path.join(root, from, "node_modules", name)), link, "junction");
  }

  return {
    folder,
    async manifest(packageName) {
      const file = path.join(folder, "node_modules", packageName, "package.json");
      return JSON.parse(await readFile(file, "utf8"));
    },
    async run(fileName, source, ...args) {
      await writeFile(path.join(folder, fileName), source);
      const { code, output } = await finish(process.execPath, [fileName, ...args], { cwd: folder });
      if (code !== 0) throw new Error(`${fileName} ended with ${code}: ${output}`);
      return output.trim();
    },
    async typecheck(source, { resolution, types = [] }) {
      const config = {
        compilerOptions: {
          module: resolution === "node16" ? "node16" : "esnext",
          moduleResolution: resolution,
          target: "es2022",
          lib: ["es2022"],
          types,
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
        },
        // One file of each module kind: they read different declarations.
        files: ["consumer.mts", "consumer.cts"],
      };
      await writeFile(path.join(folder, "consumer.mts"), source);
      await writeFile(path.join(folder, "consumer.cts"), source);
      await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(config));
      const { output } = await finish(process.execPath, [require.resolve("typescript/lib/tsc.js")], {
        cwd: folder,
      });
      return output.trim();
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function finish(command: string, args: readonly string[], options: { cwd: string }): Promise<Finished> {
  // Vitest's and pnpm's own settings are not the consumer's.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|npm_)/.test(name)),
  );
  return new Promise((resolve, reject) => {
    execFile(
      command,
      [...args],
      { ...options, env, shell: windows, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== "number") reject(error);
        else resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
      },
    );
  });
}
