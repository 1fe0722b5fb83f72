import { setInterval } from "node:timers/promises";
import { expect } from "vitest";
import { type NodeClientOptions, SegOpsClient } from "../../src/index";
import { type FaultServer, startFaultServer } from "../support/fault-server";
import { countStored, type FaultCase, type Outcome, upTo } from "./fault-case";

const EVENTS = 1_000;
/** 20 events every 10 ms: the load that other SDKs were measured under. */
const EVENTS_A_TICK = 20;
const TICK_MS = 10;
const OUTAGE_MS = 10_000;
/** Long enough for every outage here on any machine, so that the outcome never depends on speed. */
const SHUTDOWN_MS = 60_000;

interface Story {
  readonly options?: NodeClientOptions;
  readonly refused?: number;
  /** Runs when all is tracked and flushed once. What it returns is the row's note. */
  readonly afterFlush?: (server: FaultServer, client: SegOpsClient) => Promise<string>;
  /** Runs when the server has answered all. What it returns is the row's note. */
  readonly atEnd?: (server: FaultServer) => string;
}

const serverFault = (
  fault: string,
  arrange: (server: FaultServer) => void,
  { options, refused = 0, afterFlush, atEnd }: Story = {},
): FaultCase => ({
  fault,
  refused,
  async run() {
    const server = await startFaultServer();
    arrange(server);
    const client = startClient(server.url, options);
    await trackAll(client);
    await client.flush();
    const noted = await afterFlush?.(server, client);
    await client.shutdown({ timeoutMs: SHUTDOWN_MS });
    const note = atEnd?.(server) ?? noted;
    await server.close();
    return { ...outcomeOf(client, server), ...(note && { note }) };
  },
});

const startClient = (apiUrl: string, options?: NodeClientOptions): SegOpsClient =>
  new SegOpsClient({ apiUrl, apiKey: "sk_test_key", onError: () => {}, ...options });

const trackAll = async (client: SegOpsClient): Promise<void> => {
  let number = 0;
  for await (const _ of setInterval(TICK_MS)) {
    for (let i = 0; i < EVENTS_A_TICK; i++)
      client.track({ userId: "ada", eventType: "a", payload: { number: ++number } });
    if (number >= EVENTS) return;
  }
};

const outcomeOf = ({ totals }: SegOpsClient, server: FaultServer): Outcome => ({
  ...countStored(server, upTo(EVENTS)),
  refused: totals.refused,
  dropped: Object.values(totals.dropped).reduce((sum, count) => sum + count, 0),
  kept: totals.pending,
});

/** The server says that it is busy; the same bytes must not come back before it said. */
const rateLimit = (name: string, retryAfter: () => string, leastMs: number): FaultCase => {
  let asked = "";
  return serverFault(
    `429, ${name}`,
    (server) => {
      asked = retryAfter();
      server.next({ status: 429, retryAfter: asked });
    },
    {
      atEnd({ requests }) {
        const [first, ...others] = requests;
        const again = others.find(({ key }) => key === first?.key);
        const gapMs = (again?.at ?? 0) - (first?.at ?? 0);
        const dueAt = Date.parse(asked);
        // Timers may be a little early.
        if (leastMs > 0) expect(gapMs).toBeGreaterThanOrEqual(leastMs - 10);
        else expect(performance.timeOrigin + (again?.at ?? 0)).toBeGreaterThanOrEqual(dueAt - 10);
        return `asked for ${leastMs > 0 ? `${asked} s` : "a date"}, again after ${(gapMs / 1_000).toFixed(1)} s`;
      },
    },
  );
};

/** Wrong keys and addresses are no fault of the events: they wait until the server is put right. */
const misconfigured = (status: number): FaultCase =>
  serverFault(`${status} until put right`, (server) => server.always(() => ({ status })), {
    async afterFlush(server, client) {
      const kept = client.totals.pending;
      expect(kept).toBe(EVENTS);
      server.always(undefined);
      return `${kept} kept until then`;
    },
  });

const refusedConnection: FaultCase = {
  fault: "connection refused for 10 s",
  async run() {
    const taken = await startFaultServer();
    const { url } = taken;
    await taken.close();
    const started = new Promise<FaultServer>((resolve) => {
      setTimeout(() => resolve(startFaultServer(Number(new URL(url).port))), OUTAGE_MS);
    });
    const client = startClient(url);
    await trackAll(client);
    await client.flush();
    await client.shutdown({ timeoutMs: SHUTDOWN_MS });
    const server = await started;
    await server.close();
    return outcomeOf(client, server);
  },
};

const failing = (...statuses: number[]) => statuses.map((status) => ({ status }));

export const serverFaults: readonly FaultCase[] = [
  serverFault("503 for 10 s", (server) => {
    server.always(() => ({ status: 503 }));
    setTimeout(() => server.always(undefined), OUTAGE_MS);
  }),
  refusedConnection,
  serverFault("none", () => {}),
  serverFault("5xx x2", (server) => server.next(...failing(500, 502))),
  serverFault("5xx x5", (server) => server.next(...failing(500, 502, 503, 504, 500))),
  rateLimit("Retry-After in seconds", () => "1", 1_000),
  rateLimit("Retry-After as a date", () => new Date(Date.now() + 2_000).toUTCString(), 0),
  serverFault("reset x2", (server) => server.next("reset", "reset")),
  serverFault("hang x1", (server) => server.next("hang"), { options: { requestTimeout: 1_000 } }),
  serverFault("half answer", (server) => server.next("half answer")),
  serverFault("lost answer x2", (server) => server.next("lost answer", "lost answer")),
  serverFault("slow server (300 ms)", (server) => server.always(() => ({ afterMs: 300 }))),
  misconfigured(401),
  misconfigured(403),
  misconfigured(404),
  serverFault(
    "400 for one event of a batch",
    (server) => server.always((numbers) => (numbers.includes(507) ? { status: 400 } : undefined)),
    { refused: 1 },
  ),
  serverFault("413 above 32 kB", (server) =>
    server.always((_, body) => (Buffer.byteLength(body) > 32_000 ? { status: 413 } : undefined)),
  ),
];
