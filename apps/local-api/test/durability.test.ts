import { describe, expect, test } from "vitest";
import { dataFolder, runCommand } from "./support/command";
import { DATABASES, emptyPostgres } from "./support/databases";
import { batch, get, localServer, pageViewed, sessionFor, track } from "./support/local-server";

const key = { "Idempotency-Key": "batch-1" };

describe("when the server is killed outright", () => {
  test("every event it answered for is there after a restart", async () => {
    const data = await dataFolder();
    const first = await runCommand("--port", "0", "--data", data);
    for (let n = 0; n < 5; n++)
      await batch(
        first,
        Array.from({ length: 100 }, () => pageViewed),
      );
    await batch(first, [pageViewed, { user_id: "no type" }], key);
    await first.end("SIGKILL");

    const second = await runCommand("--port", "0", "--data", data);
    expect((await get(second, "/local/counts")).body).toMatchObject({ good: 501, bad: 1 });
    await batch(second, [pageViewed, { user_id: "no type" }], key);
    expect((await get(second, "/local/counts")).body).toMatchObject({ good: 501, bad: 1, duplicates: 1 });
  });
});

/** How a server is told where its data is, so that the next one finds it. */
async function lastingDatabase(kind: (typeof DATABASES)[number]): Promise<string[]> {
  return kind === "duckdb" ? ["--data", await dataFolder()] : ["--database-url", await emptyPostgres()];
}

interface Numbered {
  events: number;
  missing: number;
  repeated: number;
  first: number;
  last: number;
}

describe.each(DATABASES)(
  "on %s, when the server is killed again and again in the midst of many requests",
  (kind) => {
    test.each([
      [
        "idempotency keys",
        (batchNumber: number) => ({ headers: { "Idempotency-Key": `batch-${batchNumber}` } }),
      ],
      ["event ids", () => ({ ids: true })],
    ])(
      "every event that was answered for is there, and none twice, with %s",
      { timeout: SEVERAL_STARTS_MS },
      async (_, identify) => {
        const where = await lastingDatabase(kind);
        const unanswered = new Map(Array.from({ length: BATCHES }, (__, n) => [n, batchOf(n, identify(n))]));
        const answered: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const server = await runCommand("--port", "0", ...where);
          const inRound = [...unanswered];
          const killAt = answered.length + BATCHES_BEFORE_KILL;
          let killed: Promise<unknown> | undefined;
          const client = async () => {
            for (let next = inRound.shift(); next !== undefined && !killed; next = inRound.shift()) {
              const [n, { events, headers }] = next;
              if ((await batch(server, events, headers)).status !== 202) continue;
              answered.push(n);
              unanswered.delete(n);
              if (answered.length === killAt) killed = server.end("SIGKILL");
            }
          };
          await Promise.allSettled(Array.from({ length: CLIENTS }, client));
          expect(killed).toBeDefined();
          await killed;
        }

        const server = await runCommand("--port", "0", ...where);
        const stored = await numbersStored(server);
        expect(answered.filter((n) => SLOTS.some((slot) => !stored.has(n * SIZE + slot)))).toEqual([]);
        for (const { events, headers } of unanswered.values()) await batch(server, events, headers);
        const { body } = await get(server, "/local/gaps");
        const [report] = (body as { results: Numbered[] }).results;
        expect(report).toMatchObject({
          events: BATCHES * SIZE,
          missing: 0,
          repeated: 0,
          first: 0,
          last: BATCHES * SIZE - 1,
        });
      },
    );
  },
);

/** A server is started four times, and each start may be slow where the machine is busy. */
const SEVERAL_STARTS_MS = 180_000;
const SIZE = 20;
const SLOTS = Array.from({ length: SIZE }, (_, slot) => slot);
const BATCHES = 90;
const ROUNDS = 3;
/** With the few that are on their way at the kill, no round comes to the end of the batches. */
const BATCHES_BEFORE_KILL = 15;
const CLIENTS = 6;

function batchOf(
  n: number,
  { headers = {}, ids = false }: { headers?: Record<string, string>; ids?: boolean },
) {
  const numbers = SLOTS.map((slot) => n * SIZE + slot);
  const events = numbers.map((seq) => ({
    ...pageViewed,
    payload: { seq },
    ...(ids ? { event_id: `e${seq}` } : {}),
  }));
  return { events, headers };
}

async function numbersStored(server: { url: string }): Promise<Set<number>> {
  const text = await (await fetch(`${server.url}/local/export`)).text();
  const lines = text.split("\n").filter((line) => line !== "");
  return new Set(lines.map((line) => (JSON.parse(line) as { payload: { seq: number } }).payload.seq));
}

test("session tokens outlive a restart", async () => {
  const data = await dataFolder();
  const first = await runCommand("--port", "0", "--data", data);
  const session = await sessionFor(first, { user_id: "ada" });
  await first.end("SIGTERM");
  const second = await localServer({ dataDirectory: data });
  expect((await track(second, pageViewed, session)).status).toBe(202);
});

test("whoever left in the midst of a request is no trouble to a server that closes", async () => {
  const troubles: unknown[] = [];
  const server = await localServer({ logError: (error) => troubles.push(error) });
  const client = new AbortController();
  const requests = Array.from({ length: 50 }, () =>
    fetch(`${server.url}/local/events?limit=150`, { signal: client.signal }),
  );
  await Promise.any(requests);
  client.abort();
  await server.close();
  await Promise.allSettled(requests);
  expect(troubles).toEqual([]);
});
