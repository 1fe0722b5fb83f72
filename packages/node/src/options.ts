import {
  type AnyCatalogue,
  type Catalogue,
  type ClientOptions,
  ConfigurationError,
  type RuntimeDefaults,
} from "@segops/core";
import type { Fetch } from "./fetch-transport";
import type { SpoolOptions } from "./spool/spool-options";

/** What a client for servers is built with. Times are in milliseconds. */
export interface NodeClientOptions<Events extends Catalogue = AnyCatalogue>
  extends Omit<ClientOptions<Events>, "apiUrl" | "apiKey"> {
  /** Where the SegOps server is. Default: the environment's `SEGOPS_API_URL`. */
  readonly apiUrl?: string | undefined;
  /** A secret key, `sk_…`. Default: the environment's `SEGOPS_SECRET_KEY`. */
  readonly apiKey?: string | undefined;
  /** Compresses bodies of 1 kB and more with gzip, for servers that take it. Not on Bun. Default: false. */
  readonly compress?: boolean | undefined;
  /**
   * Keeps undelivered events on disk, so that SIGKILL and long outages lose nothing: `true`, or where and how.
   * Default: false.
   */
  readonly spool?: boolean | SpoolOptions | undefined;
  /**
   * Flushes on SIGTERM, SIGINT and SIGHUP, and then ends the process by that signal. Where the host has a handler
   * of its own, that one decides, and the flush runs beside it. Default: true.
   */
  readonly handleSignals?: boolean | undefined;
  /**
   * Flushes when the process ends by `process.exit()` or a crash: the process stands still for it, for
   * `shutdownTimeout` at most. Default: true.
   */
  readonly exitFlush?: boolean | undefined;
  /**
   * Sends through this function instead of undici: for a proxy, or a runtime that is not quite Node. It cannot be
   * called while the process exits: what is queued then is left in the spool, or handed to `onUndelivered`.
   */
  readonly fetch?: Fetch | undefined;
}

/** Where a server differs from the engine's defaults: it has memory to spare, and more to lose. */
export const NODE_DEFAULTS: RuntimeDefaults = {
  maxQueueSize: 200_000,
  maxQueueBytes: 64_000_000,
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Fills in what the environment says. Throws ConfigurationError. */
export function withEnvironment<Options extends NodeClientOptions>(
  options: Options,
  environment: Environment,
): Options & ClientOptions {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError("options", `must be an object, but is ${String(options)}`);
  }
  const { fetch } = options;
  for (const name of ["compress", "handleSignals", "exitFlush"] as const) {
    const value = options[name];
    if (value !== undefined && typeof value !== "boolean") {
      throw new ConfigurationError(name, `must be a boolean, but is ${String(value)}`);
    }
  }
  if (fetch !== undefined && typeof fetch !== "function") {
    throw new ConfigurationError("fetch", `must be a function, but is ${String(fetch)}`);
  }
  return {
    ...options,
    apiUrl: given("apiUrl", options.apiUrl, "SEGOPS_API_URL", environment),
    apiKey: given("apiKey", options.apiKey, "SEGOPS_SECRET_KEY", environment),
  };
}

function given(
  option: string,
  value: string | undefined,
  variable: string,
  environment: Environment,
): string {
  const text: unknown = value ?? environment[variable];
  // The end of the line of the file that a secret was read from is no part of it.
  const found = typeof text === "string" ? text.trim() : (text as undefined);
  if (found === undefined || found === null || found === "") {
    throw new ConfigurationError(
      option,
      `is missing. Pass it to SegOpsClient, or set ${variable} in the environment`,
    );
  }
  return found;
}
