import os from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { ConfigurationError } from "@segops/core";

/** Where undelivered events are kept on disk, and how. */
export interface SpoolOptions {
  /**
   * The folder for it, made if it is missing. Processes may share one; each cleans up after those that died.
   * Name a volume that outlives the container, where there is one.
   *
   * Default: `segops/spool` in the folder for the state of programs, which outlives a reboot and a new release of
   * the program: `$STATE_DIRECTORY` (systemd), `$XDG_STATE_HOME` or `~/.local/state`; `~/Library/Application Support`
   * on macOS, `%LOCALAPPDATA%` on Windows.
   *
   * It is to be moved, not copied, and not to be restored from a snapshot: a copy sends its undelivered events a
   * second time. Sealed batches have their `Idempotency-Key` with them; of the last events, which no batch was sealed
   * for, only `eventIds` lets the server tell that they are the same.
   */
  readonly directory?: string | undefined;
  /**
   * The most bytes that one client keeps there. Events beyond that are refused. What it takes over from clients that
   * died does not count: it costs no new event its place. At least 1 MB. Default: 1 GB.
   */
  readonly maxBytes?: number | undefined;
  /**
   * When an event counts as kept. `write`: when the operating system has it, before `track()` returns; that is safe
   * from everything that ends a process, SIGKILL included. `flush`: as `write`, and brought onto the disk 50 ms later,
   * many events at a time, for what ends the machine. Default: `write`.
   */
  readonly sync?: "write" | "flush" | undefined;
}

export type ResolvedSpoolOptions = {
  readonly [Name in keyof SpoolOptions]-?: NonNullable<SpoolOptions[Name]>;
};

const DEFAULT_MAX_BYTES = 1_000_000_000;
const LEAST_MAX_BYTES = 1_000_000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Fills in the defaults. Undefined: no spool is wanted.
 *
 * @throws ConfigurationError when something is of the wrong kind.
 */
export function resolveSpoolOptions(
  spool: boolean | SpoolOptions | undefined,
  environment: Environment = process.env,
): ResolvedSpoolOptions | undefined {
  if (spool === undefined || spool === false) return undefined;
  if (spool !== true && (typeof spool !== "object" || spool === null || Array.isArray(spool))) {
    throw new ConfigurationError(
      "spool",
      `must be true, false or { directory, maxBytes, sync }, but is ${shown(spool)}`,
    );
  }
  const given: SpoolOptions = spool === true ? {} : spool;
  const { directory = defaultDirectory(environment), maxBytes = DEFAULT_MAX_BYTES, sync = "write" } = given;
  if (typeof directory !== "string" || directory === "" || directory.includes("\0")) {
    throw new ConfigurationError(
      "spool.directory",
      `must be the path of a folder, but is ${shown(directory)}`,
    );
  }
  if (typeof maxBytes !== "number" || !Number.isSafeInteger(maxBytes) || maxBytes < LEAST_MAX_BYTES) {
    throw new ConfigurationError(
      "spool.maxBytes",
      `must be a whole number of bytes, at least ${LEAST_MAX_BYTES}, but is ${shown(maxBytes)}`,
    );
  }
  if (sync !== "write" && sync !== "flush") {
    throw new ConfigurationError("spool.sync", `must be "write" or "flush", but is ${shown(sync)}`);
  }
  // The program may change its working directory later.
  return { directory: path.resolve(directory), maxBytes, sync };
}

/** Of any kind: the host may be written in JavaScript. */
function shown(value: unknown): string {
  return typeof value === "string"
    ? JSON.stringify(value)
    : inspect(value, { depth: 0, breakLength: Infinity });
}

function defaultDirectory(environment: Environment): string {
  return path.join(stateFolder(environment), "segops", "spool");
}

function stateFolder({ STATE_DIRECTORY, XDG_STATE_HOME, LOCALAPPDATA }: Environment): string {
  // systemd names several, if the unit does.
  const [ofService] = STATE_DIRECTORY?.split(":") ?? [];
  if (ofService) return ofService;
  if (XDG_STATE_HOME && path.isAbsolute(XDG_STATE_HOME)) return XDG_STATE_HOME;
  if (process.platform === "win32" && LOCALAPPDATA) return LOCALAPPDATA;
  const home = homeFolder();
  if (process.platform === "win32") return path.join(home, "AppData", "Local");
  if (process.platform === "darwin") return path.join(home, "Library", "Application Support");
  return path.join(home, ".local", "state");
}

/** A container's user may have no entry in the system's list of users. */
function homeFolder(): string {
  try {
    return os.homedir();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      "spool.directory",
      `must be named: there is no home directory to keep the spool in (${reason})`,
    );
  }
}
