import {
  type AnyCatalogue,
  type Catalogue,
  type ClientOptions,
  createEngine,
  type Engine,
  type Logger,
} from "@segops/core";
import { createFetchTransport, type Fetch } from "../fetch-transport";

/** What a client for edge functions and workers is built with. Times are in milliseconds. */
export interface EdgeClientOptions<Events extends Catalogue = AnyCatalogue> extends ClientOptions<Events> {
  /** Used in place of the global `fetch`. */
  readonly fetch?: Fetch | undefined;
}

const consoleLogger: Logger = {
  debug: (message) => console.debug(message),
  warn: (message) => console.warn(message),
  error: (message) => console.error(message),
};

/** An engine on what every worker has: `fetch`, timers and WebCrypto. */
export function createEdgeEngine(options: EdgeClientOptions): Engine {
  // Looked up with each request: workers forbid a detached fetch, and tests replace it.
  const fetch: Fetch = options?.fetch ?? ((url, init) => globalThis.fetch(url, init));
  return createEngine(options, {
    clock: { now: () => Date.now(), monotonicNow: () => performance.now() },
    entropy: {
      random: () => Math.random(),
      bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    },
    scheduler: {
      schedule(task, delayMs) {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    },
    transport: createFetchTransport(fetch),
    // An isolate is not told of its end.
    lifecycle: { subscribe: () => () => {} },
    logger: consoleLogger,
  });
}
