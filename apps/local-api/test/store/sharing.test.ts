import { describe, expect, test } from "vitest";
import type { LocalServer } from "../../src/index";
import { emptyPostgres, hasPostgres } from "../support/databases";
import { batch, localServer, mint, pageViewed, sessionFor, track } from "../support/local-server";

async function twoServers(): Promise<[LocalServer, LocalServer]> {
  const databaseUrl = await emptyPostgres();
  return Promise.all([localServer({ databaseUrl }), localServer({ databaseUrl })]);
}

describe.skipIf(!hasPostgres)("servers that share one PostgreSQL", () => {
  test("see each other's events, under ids that are never given twice", async () => {
    const [a, b] = await twoServers();
    const sends = Array.from({ length: 20 }, (_, n) => batch(n % 2 ? a : b, [pageViewed, pageViewed]));
    await Promise.all(sends);
    const events = await a.events();
    expect(new Set(events.map(({ id }) => id)).size).toBe(40);
    expect(await b.counts()).toEqual(await a.counts());
  });

  test("store a batch once when it is sent to both at the same time", async () => {
    const [a, b] = await twoServers();
    for (let n = 0; n < 10; n++) {
      const key = { "Idempotency-Key": `batch-${n}` };
      const answers = await Promise.all([a, b, a, b].map((server) => batch(server, [pageViewed, 42], key)));
      for (const { body } of answers) expect(body).toEqual({ queued: 1, skipped: 1 });
    }
    expect(await a.counts()).toMatchObject({ good: 10, bad: 10, duplicates: 30 });
  });

  test("store an event id once, in whatever order the ids arrive", async () => {
    const [a, b] = await twoServers();
    const events = Array.from({ length: 50 }, (_, n) => ({ ...pageViewed, event_id: `e${n}` }));
    const shuffled = [...events].reverse();
    await Promise.all([a, b, a, b].map((server, n) => batch(server, n % 3 ? events : shuffled)));
    expect(await a.counts()).toMatchObject({ good: 50, duplicates: 150 });
  });

  test("accept each other's sessions and aliases", async () => {
    const [a, b] = await twoServers();
    const session = await sessionFor(a, { anonymous_id: "a1" });
    expect((await track(b, pageViewed, session)).status).toBe(202);
    await mint(a, { user_id: "ada", anonymous_id: "a1" });
    expect(await b.events()).toMatchObject([{ user_id: "anon_a1", resolved_user_id: "ada" }]);
  });

  test("wake each other's waiting tests", async () => {
    const [a, b] = await twoServers();
    const waiting = a.waitForCounts(({ good }) => good === 1);
    await track(b, pageViewed);
    expect(await waiting).toMatchObject({ good: 1 });
  });

  test("may lose one of them without losing an event", async () => {
    const [a, b] = await twoServers();
    await track(a, pageViewed);
    await a.close();
    await track(b, pageViewed);
    expect(await b.counts()).toMatchObject({ good: 2 });
  });
});

test("a PostgreSQL that cannot be reached is named without its password", async () => {
  const databaseUrl = "postgres://segops:precious@127.0.0.1:1/events";
  const failure = await localServer({ databaseUrl }).catch((error: Error) => error);
  expect(String(failure)).toMatch(
    /PostgreSQL at 127\.0\.0\.1:1\/events could not be reached: .*DATABASE_URL/,
  );
  expect(String(failure)).not.toContain("precious");
});
