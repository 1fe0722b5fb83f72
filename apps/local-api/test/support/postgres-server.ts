import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server's own database, or null where there is no PostgreSQL on this machine. */
    postgresUrl: string | null;
  }
}

const DEBIAN_VERSIONS = "/usr/lib/postgresql";

/** A PostgreSQL of the tests' own, in a temporary folder, once for each run of the tests. */
export default function startPostgres({ provide }: TestProject): (() => void) | undefined {
  const programs = findPrograms();
  if (programs === undefined) {
    const missing = "PostgreSQL is not on this machine (Debian: apt-get install postgresql)";
    if (process.env.SEGOPS_REQUIRE_POSTGRES === "1") {
      throw new Error(`SEGOPS_REQUIRE_POSTGRES=1, yet ${missing}.`);
    }
    console.warn(`${missing}: the tests that need it are skipped.`);
    provide("postgresUrl", null);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "segops-pg-"));
  const owner = ownerOf(folder);
  const run = (program: string, ...given: string[]) => {
    const { status, stdout, stderr } = spawnSync(join(programs, program), given, {
      ...owner,
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`);
  };
  const data = join(folder, "data");
  run(
    "initdb",
    "--pgdata",
    data,
    "--username",
    "segops",
    "--auth",
    "trust",
    "--encoding",
    "UTF8",
    "--no-sync",
  );
  // A time zone far from UTC, so that a time written in the wrong one shows.
  const settings = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off -c timezone=Asia/Tokyo`;
  run("pg_ctl", "start", "--wait", "--pgdata", data, "--options", settings, "--log", join(folder, "log"));
  provide("postgresUrl", `postgres://segops@${encodeURIComponent(folder)}/postgres`);
  return () => {
    run("pg_ctl", "stop", "--pgdata", data, "--mode", "immediate");
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Debian keeps the server's programs away from PATH, one folder for each version. */
function findPrograms(): string | undefined {
  const versions = existsSync(DEBIAN_VERSIONS) ? readdirSync(DEBIAN_VERSIONS) : [];
  const newestFirst = versions.map(Number).sort((a, b) => b - a);
  const candidates = newestFirst.map((version) => join(DEBIAN_VERSIONS, String(version), "bin"));
  const onPath = (process.env.PATH ?? "").split(":").filter((folder) => folder !== "");
  return [...candidates, ...onPath].find((folder) => existsSync(join(folder, "initdb")));
}

/** PostgreSQL refuses to run as root: there, it runs as a user that the system has anyway. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  const owner = { uid: idOf("-u"), gid: idOf("-g") };
  chownSync(folder, owner.uid, owner.gid);
  return owner;
}
