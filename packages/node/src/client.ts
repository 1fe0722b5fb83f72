import {
  type AnyCatalogue,
  type Catalogue,
  type Client,
  ConfigurationError,
  createEngine,
  type Engine,
  type Logger,
  type Runtime,
} from "@segops/core";
import { createDefaultTransport } from "./default-transport";
import { knowErrorsOfOtherCopies } from "./errors-across-copies";
import { createFetchTransport } from "./fetch-transport";
import { isoTimestamp, nodeClock, nodeScheduler } from "./node-clock";
import { nodeUtf8 } from "./node-utf8";
import { NODE_DEFAULTS, type NodeClientOptions, withEnvironment } from "./options";
import { inOwnContext } from "./own-context";
import { pooledRandomBytes } from "./pooled-random-bytes";
import { createProcessLifecycle } from "./process-end/process-ends";
import { resolveSpoolOptions } from "./spool/spool-options";
import { createSpoolQueue } from "./spool/spool-queue";

knowErrorsOfOtherCopies();

const consoleLogger: Logger = {
  debug: (message) => console.debug(message),
  warn: (message) => console.warn(message),
  error: (message) => console.error(message),
};

/**
 * SegOps for servers. Make one for the process and share it.
 *
 * @example
 * const segops = new SegOpsClient({ apiUrl: "https://api.segops.ai", apiKey: process.env.SEGOPS_SECRET_KEY });
 * segops.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
 * await segops.shutdown();
 * @typeParam Events The catalogue given as `events`, which types `track` and `identify`. Default: any event.
 */
export class SegOpsClient<Events extends Catalogue = AnyCatalogue> implements Client<Events> {
  // Fields and not methods, so that `const { track } = client` works.
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
  readonly #client: Client;

  /** @throws ConfigurationError when an option is missing or wrong. */
  constructor(options: NodeClientOptions<Events> = {}) {
    const resolved = withEnvironment(options, process.env);
    const { apiUrl, apiKey, handleSignals = true, exitFlush = true } = resolved;
    const spool = resolveSpoolOptions(options.spool);
    const transport = resolved.fetch
      ? createFetchTransport(resolved.fetch)
      : createDefaultTransport(resolved);
    const engine: Engine = createEngine(resolved, {
      ...sharedRuntime,
      ...(spool && {
        createQueue: (settings) =>
          createSpoolQueue(settings, spool, {
            clock: nodeClock,
            scheduler: nodeScheduler,
            destination: `${apiUrl.replace(/\/+$/, "")} ${apiKey}`,
          }),
      }),
      transport: { ...transport, post: (request) => inOwnContext(() => transport.post(request)) },
      // The exit flush cannot go through a function of the host's: it must not go round it.
      lifecycle: createProcessLifecycle(
        { handleSignals, exitFlush: exitFlush && !resolved.fetch },
        () => engine,
      ),
    });
    const client: Client<Events> = engine.client;
    this.#client = client;
    this.track = client.track;
    this.identify = client.identify;
    this.flush = client.flush;
    this.shutdown = client.shutdown;
    this.subscribe = client.subscribe;
    if (apiKey.startsWith("pk_")) {
      engine.trouble.report(
        new ConfigurationError(
          "apiKey",
          "is a public key (pk_…). On a server use a secret key (sk_…): it may speak for every user",
        ),
      );
    }
  }

  /** What became of all events so far: accepted + recovered = delivered + refused + dropped + pending. */
  get totals(): Client["totals"] {
    return this.#client.totals;
  }
}

/** What all clients of the process borrow alike. */
const sharedRuntime: Omit<Runtime, "transport" | "lifecycle"> = {
  clock: nodeClock,
  scheduler: nodeScheduler,
  entropy: { random: Math.random, bytes: pooledRandomBytes },
  logger: consoleLogger,
  utf8: nodeUtf8,
  timestamp: isoTimestamp,
  defaults: NODE_DEFAULTS,
};
