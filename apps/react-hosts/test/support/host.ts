import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
// @boundaries-ignore: shared by every package's tests
import { pack } from "../../../../scripts/lib/packed.ts";

const app = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** A copy of an application, with the packages in it as the registry would get them. */
export interface Host {
  readonly folder: string;
  /** Runs a program of an installed package, such as `next`, to its end. Answers what it printed. */
  build(program: string, args: readonly string[], env: Record<string, string>): Promise<string>;
  remove(): Promise<void>;
}

/** React and the tools are those of this workspace. */
export async function installHost(name: string): Promise<Host> {
  await mkdir(path.join(app, "dist"), { recursive: true });
  const folder = await mkdtemp(path.join(app, "dist", `${name}-`));
  await cp(path.join(app, "hosts", name), folder, { recursive: true });
  for (const each of ["core", "browser", "react"]) {
    const { file } = await pack(`packages/${each}`, folder);
    const target = path.join(folder, "node_modules", "@segops", each);
    await mkdir(target, { recursive: true });
    await run("tar", ["-xzf", file, "-C", target, "--strip-components=1"]);
    await rm(file);
  }
  return {
    folder,
    async build(program, args, env) {
      const { stdout, stderr } = await run(process.execPath, [program, ...args], {
        cwd: folder,
        env: { ...hostEnv(), ...env },
      });
      return stdout + stderr;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Vitest's own settings are not the application's. */
export function hostEnv(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(entries), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
}
