import { resolve } from "node:path";
import { DEFAULT_KEYS, type KeyOptions } from "./keys";

/** What `startServer` takes. Everything has a default. */
export interface ServerOptions {
  /** The port to listen on; 0 picks any free one. @default 4800 */
  port?: number;
  /** Fail when `port` is taken, where otherwise another free port is chosen. @default false */
  strictPort?: boolean;
  /** The address to listen on. Anything but loopback needs keys of your own. @default "127.0.0.1" */
  host?: string;
  /** The folder of the embedded database; `":memory:"` keeps nothing. @default ".data/segops-local" */
  dataDirectory?: string;
  /**
   * A PostgreSQL database to use instead of the embedded one: `postgres://user:password@host/name`. Several servers may share it.
   * @default the environment's DATABASE_URL where `dataDirectory` is left out, otherwise none
   */
  databaseUrl?: string;
  /** The keys that are accepted. @default sk_test_local and pk_test_local */
  keys?: readonly KeyOptions[];
  /** The largest request body in bytes, before and after decompression. @default 5,000,000 */
  maxBodyBytes?: number;
  /** How many calls a workspace may make in a minute before it is answered 429; 0 sets no limit. @default 0 */
  callsPerMinute?: number;
  /** The clock, in milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** Where unexpected errors go. @default console.error */
  logError?: (error: unknown) => void;
}

export type ResolvedOptions = Required<ServerOptions>;

export const IN_MEMORY = ":memory:";

export const DEFAULT_OPTIONS: ResolvedOptions = {
  port: 4800,
  strictPort: false,
  host: "127.0.0.1",
  dataDirectory: ".data/segops-local",
  databaseUrl: "",
  keys: DEFAULT_KEYS,
  maxBodyBytes: 5_000_000,
  callsPerMinute: 0,
  now: Date.now,
  logError: (error) => console.error(error),
};

/** Fills in the defaults for every option that is left out or undefined. */
export function resolveOptions(options: ServerOptions): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved: ResolvedOptions = { ...DEFAULT_OPTIONS, ...given };
  if (options.databaseUrl === undefined && options.dataDirectory === undefined) {
    resolved.databaseUrl = process.env.DATABASE_URL ?? "";
  }
  if (resolved.dataDirectory !== IN_MEMORY) resolved.dataDirectory = resolve(resolved.dataDirectory);
  return resolved;
}
