import type { AnyCatalogue, Catalogue } from "./catalogue/catalogue";
import type { SessionUser } from "./credentials";
import { ConfigurationError, type SegOpsError } from "./errors";
import type { TrackInput } from "./event";
import { textOf } from "./host-call";
import type { Logger } from "./runtime";
import { withoutSecrets } from "./secrets";

/** What a client is built with. Times are in milliseconds. */
export interface ClientOptions<Events extends Catalogue = AnyCatalogue> {
  /** Where the SegOps server is, such as `https://api.segops.ai`. */
  readonly apiUrl: string;
  /** `sk_…` on servers; `pk_…` in browsers and apps. */
  readonly apiKey: string;
  /** With a public key: who the visitor is, and the signature your server made for the id. */
  readonly getUser?: (() => SessionUser | undefined | Promise<SessionUser | undefined>) | undefined;
  /** `false` sends each event at once, as `batchSize: 1` does. Default: true. */
  readonly batch?: boolean | undefined;
  /** So many waiting events are sent without waiting for more. Default: 20. */
  readonly batchSize?: number | undefined;
  /** An event waits this long for company, in milliseconds. Default: 5,000. */
  readonly flushInterval?: number | undefined;
  /** Retries before the sender pauses. Nothing is dropped: the events are tried again later. Default: 3. */
  readonly maxRetries?: number | undefined;
  /** The most undelivered events; the newest is dropped when there are more. Default: 2,000; on Node 200,000. */
  readonly maxQueueSize?: number | undefined;
  /** The most undelivered bytes of JSON text. Default: 1,000,000; on Node 64,000,000. */
  readonly maxQueueBytes?: number | undefined;
  /** The most bytes of one request's body. An event that is larger is refused. Default: 1,000,000. */
  readonly maxBatchBytes?: number | undefined;
  /** The deadline of one request, answer included, in milliseconds. Default: 10,000. */
  readonly requestTimeout?: number | undefined;
  /** How long `shutdown()` and the end of the process keep trying, in milliseconds. Default: 10,000. */
  readonly shutdownTimeout?: number | undefined;
  /** Sees a copy of every event before it is taken in: returns it, changed or not, or null to drop it. */
  readonly beforeSend?: ((event: TrackInput) => TrackInput | null) | undefined;
  /**
   * The events that may be sent, from `defineEvents()`: the client is typed by it. What does not match is refused as
   * any invalid event is. Checked before `beforeSend`. Default: any event.
   */
  readonly events?: Events | undefined;
  /** Throws InvalidEventError out of `track()` and `identify()`: for development and tests. Default: false. */
  readonly strict?: boolean | undefined;
  /** Adds an `event_id` to each event, for servers that remove duplicates by it. Default: false. */
  readonly eventIds?: boolean | undefined;
  /** Is told of all trouble; nothing is printed then. */
  readonly onError?: ((error: SegOpsError) => void) | undefined;
  /** Gets what `shutdown()` could not deliver. A promise is awaited, for as long as `shutdown()` may take. */
  readonly onUndelivered?: ((events: TrackInput[]) => unknown) | undefined;
  /** Gets all lines for the developer. Default: the console, one line a minute at most for each kind of trouble. */
  readonly logger?: Logger | undefined;
  /** Writes a line for everything that happens to events. Default: false. */
  readonly debug?: boolean | undefined;
  /** Allows plain `http:` to hosts other than this machine: keys and events can be read on the way. Default: false. */
  readonly allowInsecure?: boolean | undefined;
}

/** The one place a default is written. A runtime's few differences stand in one constant beside its client. */
export const DEFAULT_OPTIONS = {
  batchSize: 20,
  flushInterval: 5_000,
  maxRetries: 3,
  maxQueueSize: 2_000,
  maxQueueBytes: 1_000_000,
  maxBatchBytes: 1_000_000,
  requestTimeout: 10_000,
  shutdownTimeout: 10_000,
} as const;

type NumberOption = keyof typeof DEFAULT_OPTIONS;

/** Timers take no more, in milliseconds: 24 days. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The defaults in which a runtime differs. */
export type RuntimeDefaults = { readonly [Name in NumberOption]?: number };

/** Options with every default filled in. */
export type ResolvedOptions = ClientOptions & { readonly [Name in NumberOption]: number };

const FUNCTION_OPTIONS = ["getUser", "beforeSend", "onError", "onUndelivered"] as const;
const FLAG_OPTIONS = ["batch", "strict", "eventIds", "debug", "allowInsecure"] as const;

const URL_PARTS = /^(https?):\/\/(\[[^\]/?#@\\]+\]|[^/?#@:\s\\]+)(?::(\d{1,5}))?(\/[^?#\s\\]*)?$/i;
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/i;

function resolveApiUrl(apiUrl: unknown, allowInsecure: unknown): string {
  const [, scheme, host, port = 0] = URL_PARTS.exec(typeof apiUrl === "string" ? apiUrl : "") ?? [];
  if (!scheme || !host || Number(port) > 65_535) {
    throw new ConfigurationError(
      "apiUrl",
      `must be an http(s) address such as https://api.segops.ai, without user, query or fragment, but is ${shown(apiUrl)}`,
    );
  }
  if (scheme.toLowerCase() === "http" && !LOOPBACK.test(host) && allowInsecure !== true) {
    throw new ConfigurationError(
      "apiUrl",
      `${shown(apiUrl)} is plain http: anyone on the way could read the key and the events. Use https, or set allowInsecure: true`,
    );
  }
  return String(apiUrl).replace(/\/+$/, "");
}

function checkApiKey(apiKey: unknown): void {
  if (typeof apiKey !== "string" || !/^[sp]k_[\x21-\x7e]+$/.test(apiKey)) {
    // The value is not shown: a key never belongs into a message.
    throw new ConfigurationError(
      "apiKey",
      /^mk_/.test(String(apiKey))
        ? "is an MCP key (mk_…), which is for connectors: use a secret key (sk_…) on a server, a public key (pk_…) in a browser"
        : `must be a secret key (sk_…) or a public key (pk_…), but is ${apiKey ? "neither" : "missing"}`,
    );
  }
}

function shown(value: unknown): string {
  // A password in an address is not shown, nor is a key in the wrong place.
  return typeof value === "string"
    ? JSON.stringify(withoutSecrets(value.replace(/\/\/.*@/, "//…@")).slice(0, 200))
    : textOf(value);
}

/** Checks what the host gave and fills in the defaults. Throws ConfigurationError. */
export function resolveOptions(
  options: ClientOptions,
  runtimeDefaults: RuntimeDefaults = {},
): ResolvedOptions {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError(
      "options",
      `must be an object with apiUrl and apiKey, but is ${shown(options)}`,
    );
  }
  checkApiKey(options.apiKey);
  const numbers: Record<string, number> = { ...DEFAULT_OPTIONS, ...runtimeDefaults };
  for (const name of Object.keys(DEFAULT_OPTIONS) as NumberOption[]) {
    const value = options[name] ?? numbers[name];
    // Timers and retries may be zero; a size or deadline of zero would stop all work.
    const least = name === "maxRetries" || name === "flushInterval" || name === "shutdownTimeout" ? 0 : 1;
    if (typeof value !== "number" || !(value >= least)) {
      throw new ConfigurationError(name, `must be a number of at least ${least}, but is ${shown(value)}`);
    }
    numbers[name] = Math.min(value, MAX_TIMER_MS);
  }
  const check = (names: readonly (keyof ClientOptions)[], type: string): void => {
    for (const name of names) {
      const value = options[name];
      if (value !== undefined && typeof value !== type) {
        throw new ConfigurationError(name, `must be a ${type}, but is ${shown(value)}`);
      }
    }
  };
  check(FUNCTION_OPTIONS, "function");
  check(FLAG_OPTIONS, "boolean");
  const { events, logger } = options;
  if (events && !events.check) {
    throw new ConfigurationError("events", "must come from defineEvents()");
  }
  if (
    logger !== undefined &&
    [logger?.debug, logger?.warn, logger?.error].some((log) => typeof log !== "function")
  ) {
    throw new ConfigurationError("logger", "must have the methods debug, warn and error");
  }
  return {
    ...options,
    ...(numbers as Record<NumberOption, number>),
    ...(options.batch === false && { batchSize: 1 }),
    apiUrl: resolveApiUrl(options.apiUrl, options.allowInsecure),
  };
}
