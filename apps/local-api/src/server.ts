import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app";
import { ArrivalFeed } from "./arrivals";
import { StartError } from "./errors";
import { FaultScript, type Faults } from "./faults/fault-script";
import { DEFAULT_KEYS, KeyRing } from "./keys";
import { listen, stopListening } from "./listen";
import { type ResolvedOptions, resolveOptions, type ServerOptions } from "./options";
import { isLoopbackHost } from "./origins";
import { badEventView, eventView } from "./routes/views";
import { LiveSegments } from "./segments/live-segments";
import { loadTokenSecret, SessionTokens } from "./session-tokens";
import type { Counts, EventQuery } from "./store/event-records";
import { EventStore } from "./store/event-store";
import { openDatabase } from "./store/open-database";
import { createWorkspace, findStoredKey, type NewWorkspace } from "./stored-keys";
import { waitForCounts } from "./wait-for-counts";

const CLOSE_GRACE_MS = 5000;
/** A client that sends its headers or its body by drops does not hold a connection for ever. */
const HTTP_LIMITS = { maxHeaderSize: 16_384, headersTimeout: 15_000, requestTimeout: 60_000 };

export type EventView = ReturnType<typeof eventView>;
export type BadEventView = ReturnType<typeof badEventView>;

/** A running server. */
export interface LocalServer {
  /** Such as `http://127.0.0.1:4800`: what a client takes as `apiUrl`. */
  readonly url: string;
  readonly port: number;
  /** Makes a workspace with keys of its own, so that tests that share a server do not see each other's events. */
  createWorkspace(name?: string): Promise<NewWorkspace>;
  /** Of one workspace, or of all. */
  counts(workspace?: string): Promise<Counts>;
  /** Resolves with the counts as soon as they satisfy the condition; rejects after `timeoutMs` (10,000). */
  waitForCounts(
    condition: (counts: Counts) => boolean,
    options?: { timeoutMs?: number; workspace?: string },
  ): Promise<Counts>;
  /** Stored events, newest first, 100 unless `limit` says otherwise. */
  events(query?: Partial<EventQuery>): Promise<EventView[]>;
  /** Events that validation refused, newest first. */
  badEvents(query?: Partial<EventQuery>): Promise<BadEventView[]>;
  /** Tells the server to misbehave: see `Fault`. */
  readonly faults: Faults;
  /** Forgets what was received, by one workspace or by all: events, aliases, idempotency keys. */
  reset(workspace?: string): Promise<void>;
  /** Ends running requests and closes the database. */
  close(): Promise<void>;
}

/** Starts a SegOps server. Resolves once it listens. */
export async function startServer(given: ServerOptions = {}): Promise<LocalServer> {
  const options = resolveOptions(given);
  refuseKnownKeysInPublic(options);
  const keys = new KeyRing(options.keys, (key) => findStoredKey(database, key));
  const database = await openDatabase(options);
  const tokens = new SessionTokens(await loadTokenSecret(database), options.now);
  const store = new EventStore(database);
  const feed = new ArrivalFeed();
  const segments = new LiveSegments(database, feed, options);
  const faults = new FaultScript(
    (workspace) => tokens.expireAll(workspace),
    () => feed.notify("faults"),
  );
  let url = "";
  const app = createApp({ database, store, segments, keys, tokens, feed, faults, options, url: () => url });
  const handling = new Set<Promise<unknown>>();
  const fetch: typeof app.fetch = (...request) => {
    const handled = Promise.resolve(app.fetch(...request)).finally(() => handling.delete(handled));
    handling.add(handled);
    return handled;
  };
  const server = createAdaptorServer({ fetch, serverOptions: HTTP_LIMITS }) as Server;
  let port: number;
  try {
    port = (await listen(server, options.host, options.port, options.strictPort)).port;
  } catch (error) {
    await segments.close();
    await database.close();
    throw error;
  }
  url = `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`;

  let closing: Promise<void> | undefined;
  const close = async () => {
    feed.close();
    faults.clear();
    await stopListening(server, CLOSE_GRACE_MS);
    // A request is handled to its end, also when its client has gone: its connection does not tell.
    await Promise.allSettled(handling);
    await segments.close();
    await database.close();
  };
  return {
    url,
    port,
    faults,
    createWorkspace: (name) => createWorkspace(database, options.now(), name),
    counts: (workspace) => store.counts(workspace),
    waitForCounts: (condition, { timeoutMs = 10_000, workspace } = {}) =>
      waitForCounts({ store, feed, workspace }, condition, timeoutMs),
    events: async (query) => (await store.events({ limit: 100, ...query })).results.map(eventView),
    badEvents: async (query) => (await store.badEvents({ limit: 100, ...query })).results.map(badEventView),
    reset: async (workspace) => {
      await store.reset(workspace);
      feed.reset(workspace);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Anyone may know the default keys, so they must not open a server that anyone can reach. */
function refuseKnownKeysInPublic({ host, keys }: ResolvedOptions): void {
  if (isLoopbackHost(host)) return;
  const known = keys.find(({ key }) => DEFAULT_KEYS.some((wellKnown) => wellKnown.key === key));
  if (known === undefined) return;
  throw new StartError(
    `Refusing to listen on ${host} with the well-known key ${known.key}. Give keys of your own (--secret-key, --public-key), or listen on 127.0.0.1.`,
  );
}
