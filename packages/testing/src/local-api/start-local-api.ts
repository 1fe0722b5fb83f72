import type { AnyCatalogue, Catalogue, Payload } from "@segops/core";
import { createEventRecord, type EventRecord } from "../event-record";
import type { Fault } from "../fault";
import { loadLocalApi, type StoredEvent } from "./local-server";

export interface LocalApiOptions {
  /** Default: 0, any free one. */
  readonly port?: number;
  /** Where events are kept. Default: `":memory:"`. */
  readonly dataDirectory?: string;
  /** Any other option of `startServer()` of `@segops/local-api`. */
  readonly [option: string]: unknown;
}

/** A SegOps server of a test's own. */
export interface LocalApi<Events extends Catalogue = AnyCatalogue> {
  /** What a client takes as `apiUrl`. */
  readonly url: string;
  /** For clients of servers. */
  readonly secretKey: string;
  /** For clients of pages that are served from this machine. */
  readonly publicKey: string;
  /**
   * Resolves as soon as so many events are stored, what `identify()` sends included, with all that are.
   *
   * @param options `timeoutMs`: default 10,000.
   * @throws Error after `timeoutMs`, with the number there is.
   * @example expect(await segops.waitForEvents(2)).toHaveTracked("order_placed", { total: 42 });
   */
  waitForEvents(count: number, options?: { readonly timeoutMs?: number }): Promise<EventRecord<Events>>;
  /** What is stored now. */
  record(): Promise<EventRecord<Events>>;
  /** The next ingestion requests fail. `times`: so many of them. Default: 1. */
  failNext(fault: Fault, times?: number): void;
  /** The next session requests fail. `times`: so many of them. Default: 1. */
  failNextSession(fault: Fault, times?: number): void;
  /** Every session token given out so far is answered with 401 from now on; new ones are good. */
  expireTokens(): void;
  /** Forgets events and faults: for `beforeEach`. */
  clear(): Promise<void>;
  /** Ends the server. */
  stop(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const ALL = 1_000_000;

/**
 * Starts `@segops/local-api`, which has to be installed, for end-to-end tests as with Playwright.
 *
 * @typeParam Events The catalogue that types what is recorded: `startLocalApi<typeof events>()`.
 * @throws Error when `@segops/local-api` is not installed.
 * @example
 * const segops = await startLocalApi();
 * await page.goto(`http://localhost:3000/?segops=${segops.url}`);
 * await page.getByRole("button", { name: "Buy" }).click();
 * const record = await segops.waitForEvents(1);
 */
export async function startLocalApi<Events extends Catalogue = AnyCatalogue>(
  options: LocalApiOptions = {},
): Promise<LocalApi<Events>> {
  const { startServer, DEFAULT_PUBLIC_KEY, DEFAULT_SECRET_KEY } = await loadLocalApi();
  const server = await startServer({ port: 0, dataDirectory: ":memory:", ...options });

  const record = async (): Promise<EventRecord<Events>> => {
    const { add, remove: _, ...snapshot } = createEventRecord<Events>();
    const newestFirst = await server.events({ limit: ALL });
    for (const event of [...newestFirst].reverse()) add(toWire(event));
    return snapshot;
  };
  const fail = (on: "ingestion" | "session", fault: Fault, times: number): void => {
    server.faults.add({ ...toLocalFault(fault), on, times });
  };

  return {
    url: server.url,
    secretKey: DEFAULT_SECRET_KEY,
    publicKey: DEFAULT_PUBLIC_KEY,
    async waitForEvents(count, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) {
      await server.waitForCounts(({ good }) => good >= count, { timeoutMs });
      return record();
    },
    record,
    failNext: (fault, times = 1) => fail("ingestion", fault, times),
    failNextSession: (fault, times = 1) => fail("session", fault, times),
    expireTokens() {
      server.faults.add({ kind: "expire-tokens" });
    },
    async clear() {
      server.faults.clear();
      await server.reset();
    },
    stop: () => server.close(),
  };
}

function toWire({ user_id, event_type, occurred_at, payload, anonymous_id }: StoredEvent) {
  return {
    user_id,
    event_type,
    occurred_at,
    payload: payload as Payload,
    ...(anonymous_id !== null && { anonymous_id }),
  };
}

function toLocalFault(fault: Fault): object {
  if (fault === "network_error") return { kind: "reset" };
  const { status, retryAfterSeconds: seconds } = typeof fault === "number" ? { status: fault } : fault;
  return status === 429 && seconds !== undefined
    ? { kind: "rate-limit", seconds }
    : { kind: "error", status };
}
