import { describe, expect, test } from "vitest";
import { batch, localServer, mint, pageViewed, sessionFor, track } from "./support/local-server";

describe("with a limit of calls per minute", () => {
  test("the next call is answered 429, and told when to come again", async () => {
    let now = Date.UTC(2026, 0, 1);
    const server = await localServer({ callsPerMinute: 2, now: () => now });
    await track(server, pageViewed);
    now += 20_500;
    await batch(server, [pageViewed]);
    const refused = await track(server, pageViewed);
    expect(refused).toMatchObject({
      status: 429,
      body: { detail: expect.stringContaining("More than 2 calls") },
    });
    expect(refused.headers.get("Retry-After")).toBe("40");
    now += 40_000;
    expect((await track(server, pageViewed)).status).toBe(202);
    expect(await server.counts()).toMatchObject({ good: 3 });
  });

  test("sessions and events of one workspace count together, and no other workspace with them", async () => {
    const keys = [{ key: "sk_test_local" }, { key: "pk_test_local" }, { key: "sk_b", workspace: "b" }];
    const server = await localServer({ callsPerMinute: 2, keys });
    const session = await sessionFor(server, { user_id: "ada" });
    expect((await track(server, pageViewed, session)).status).toBe(202);
    expect((await mint(server, { user_id: "ada" })).status).toBe(429);
    expect((await track(server, pageViewed)).status).toBe(429);
    expect((await track(server, pageViewed, { Authorization: "ApiKey sk_b" })).status).toBe(202);
  });

  test("guesses at keys are limited too", async () => {
    const server = await localServer({ callsPerMinute: 1 });
    const guess = (n: number) => track(server, pageViewed, { Authorization: `ApiKey sk_guess${n}` });
    expect([(await guess(1)).status, (await guess(2)).status]).toEqual([401, 429]);
    expect((await track(server, pageViewed)).status).toBe(202);
  });
});

test("without one, nobody is limited", async () => {
  const server = await localServer();
  for (let n = 0; n < 100; n++) expect((await track(server, pageViewed)).status).toBe(202);
});
