import {
  type AnyCatalogue,
  type Catalogue,
  type Client,
  type ClientOptions,
  createEngine,
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

/**
 * SegOps for edge functions and workers: needs `fetch` and timers, and nothing of Node. One for an isolate is safe for
 * all requests. An isolate may end at any time, so hand `flush()` to the platform with each request.
 *
 * @example
 * export default {
 *   async fetch(request, env, context) {
 *     segops ??= new SegOpsClient({ apiUrl: "https://api.segops.ai", apiKey: env.SEGOPS_SECRET_KEY });
 *     segops.track({ userId: "ada", eventType: "page_served" });
 *     context.waitUntil(segops.flush());
 *     return new Response("Hello");
 *   },
 * };
 */
export class SegOpsClient<Events extends Catalogue = AnyCatalogue> implements Client<Events> {
  /** {@inheritDoc Client.track} */
  readonly track: Client<Events>["track"];
  /** {@inheritDoc Client.identify} */
  readonly identify: Client<Events>["identify"];
  /** {@inheritDoc Client.flush} */
  readonly flush: Client["flush"];
  /** {@inheritDoc Client.shutdown} */
  readonly shutdown: Client["shutdown"];
  /** {@inheritDoc Client.subscribe} */
  readonly subscribe: Client["subscribe"];
  readonly #client: Client<Events>;

  /** @throws ConfigurationError when an option is missing or wrong. */
  constructor(options: EdgeClientOptions<Events>) {
    // Looked up with each request: workers forbid a detached fetch, and tests replace it.
    const fetch: Fetch = options?.fetch ?? ((url, init) => globalThis.fetch(url, init));
    const { client }: { client: Client<Events> } = createEngine(options, {
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
    this.#client = client;
    this.track = client.track;
    this.identify = client.identify;
    this.flush = client.flush;
    this.shutdown = client.shutdown;
    this.subscribe = client.subscribe;
  }

  /** What became of all events so far. */
  get totals(): Client["totals"] {
    return this.#client.totals;
  }
}
