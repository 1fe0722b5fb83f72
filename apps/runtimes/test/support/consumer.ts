import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
// @boundaries-ignore: shared by every package's tests
import { installProject, type Project, pack } from "../../../../scripts/lib/packed.ts";

const require = createRequire(import.meta.url);
const PACKAGES = ["core", "node", "browser", "react", "sdk"];

/** How a compiler resolves imports, and what else there is. */
export interface CompilerPlace {
  readonly resolution: "node16" | "bundler";
  readonly conditions?: readonly string[];
  readonly lib?: readonly string[];
  readonly types?: readonly string[];
}

/** A folder outside the workspace where npm has installed the tarballs. */
export interface Consumer {
  readonly folder: string;
  readonly manifest: Project["manifest"];
  write(fileName: string, source: string): Promise<string>;
  /** Runs a program to its end. Rejects when it fails or prints to stderr. Answers what it printed. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Compiles a file. Answers the complaints. With `outDir` it writes JavaScript there. */
  compile(fileName: string, place: CompilerPlace, outDir?: string): Promise<string>;
  remove(): Promise<void>;
}

/** Packs the packages and installs them with npm, once for all places. */
export async function installConsumer(): Promise<Consumer> {
  const tarballs = await realpath(await mkdtemp(path.join(tmpdir(), "segops-runtimes-")));
  const project: Project = await installProject({
    tarballs: await inTurn(PACKAGES.map((name) => () => pack(`packages/${name}`, tarballs))),
    vendored: [{ name: "undici", from: "packages/node" }],
    linked: [{ name: "@types/node", from: "packages/node" }],
  });
  const { folder } = project;

  const write = async (fileName: string, source: string): Promise<string> => {
    const file = path.join(folder, fileName);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, source);
    return file;
  };

  const run: Consumer["run"] = (command, args, env = {}) =>
    new Promise((resolve, reject) => {
      const environment = { PATH: process.env.PATH, HOME: folder, ...env };
      execFile(command, [...args], { cwd: folder, env: environment }, (error, stdout, stderr) => {
        if (error !== null || stderr !== "") reject(new Error(`${command} ${args}: ${stdout}${stderr}`));
        else resolve(stdout);
      });
    });

  /** Several places share a file: it is compiled once. */
  const compiled = new Map<string, Promise<string>>();
  const compile = async (config: string, fileName: string): Promise<string> => {
    const project = await write(`tsconfig.${fileName.replaceAll("/", "-")}.json`, config);
    const compiler = require.resolve("typescript/lib/tsc.js");
    return run(process.execPath, [compiler, "-p", project]).catch((error: Error) => error.message);
  };

  return {
    folder,
    manifest: project.manifest,
    write,
    run,
    compile(fileName, place, outDir) {
      const config = JSON.stringify({ compilerOptions: settingsOf(place, outDir), files: [fileName] });
      const complaints = compiled.get(config) ?? compile(config, fileName);
      compiled.set(config, complaints);
      return complaints;
    },
    async remove() {
      await project.remove();
      await rm(tarballs, { recursive: true, force: true });
    },
  };
}

const settingsOf = (place: CompilerPlace, outDir: string | undefined) => ({
  module: place.resolution === "node16" ? "node16" : "esnext",
  moduleResolution: place.resolution,
  ...(place.conditions && { customConditions: place.conditions }),
  target: "es2022",
  lib: place.lib ?? ["es2022"],
  types: place.types ?? [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  ...(outDir === undefined ? { noEmit: true } : { outDir }),
});

async function inTurn<Result>(tasks: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const task of tasks) results.push(await task());
  return results;
}
