import { describe, expect, test } from "vitest";
import { IDEMPOTENCY_WINDOW_MS, startServer } from "../src/index";
import { dataFolder } from "./support/command";
import { batch, localServer, pageViewed, track } from "./support/local-server";

const key = { "Idempotency-Key": "0192f3a4-7c1e-7000-8000-000000000001" };
const withId = (event_id: string) => ({ ...pageViewed, event_id });

describe("a repeated idempotency key", () => {
  test("gets the first answer and stores nothing", async () => {
    const server = await localServer();
    const first = await batch(server, [pageViewed, 42], key);
    const second = await batch(server, [pageViewed, 42], key);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get("Idempotent-Replayed")).toBe("true");
    expect(await server.counts()).toMatchObject({ good: 1, bad: 1, duplicates: 1 });
  });

  test("stores nothing twice when the repeats arrive while the first is being stored", async () => {
    const server = await localServer();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => batch(server, [pageViewed, pageViewed], key)),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 202, body: { queued: 2, skipped: 0 } });
    expect(await server.counts()).toMatchObject({ good: 2, duplicates: 38 });
  });

  test("is known after a restart", async () => {
    const dataDirectory = await dataFolder();
    const first = await startServer({ port: 0, dataDirectory });
    await batch(first, [pageViewed], key);
    await first.close();
    const second = await localServer({ dataDirectory });
    expect((await batch(second, [pageViewed], key)).body).toEqual({ queued: 1, skipped: 0 });
    expect(await second.counts()).toMatchObject({ good: 1, duplicates: 1 });
  });

  test("is forgotten after a day, and may then serve again", async () => {
    let now = Date.UTC(2026, 0, 1);
    const server = await localServer({ now: () => now });
    await batch(server, [pageViewed], key);
    now += IDEMPOTENCY_WINDOW_MS - 1;
    await batch(server, [pageViewed], key);
    expect(await server.counts()).toMatchObject({ good: 1 });
    now += 1;
    await batch(server, [pageViewed], key);
    await batch(server, [pageViewed], key);
    expect(await server.counts()).toMatchObject({ good: 2 });
  });

  test("belongs to its workspace", async () => {
    const keys = [
      { key: "sk_a", workspace: "a" },
      { key: "sk_b", workspace: "b" },
    ];
    const server = await localServer({ keys });
    for (const { key: secret } of keys)
      await batch(server, [pageViewed], { ...key, Authorization: `ApiKey ${secret}` });
    expect(await server.counts()).toMatchObject({ good: 2, duplicates: 0 });
  });

  test("does not hold a refused event to its refusal", async () => {
    const server = await localServer();
    expect((await track(server, { user_id: "ada" }, key)).status).toBe(400);
    expect((await track(server, pageViewed, key)).status).toBe(202);
    expect(await server.counts()).toMatchObject({ good: 1 });
  });
});

describe("an event id seen before", () => {
  test("is accepted and not stored again", async () => {
    const server = await localServer();
    await batch(server, [withId("e1"), withId("e2")]);
    expect((await batch(server, [withId("e2"), withId("e3")])).body).toEqual({ queued: 2, skipped: 0 });
    expect(await server.counts()).toMatchObject({ good: 3, duplicates: 1 });
  });

  test("is recognised within one batch", async () => {
    const server = await localServer();
    await batch(server, [withId("e1"), withId("e1"), pageViewed, pageViewed]);
    expect(await server.counts()).toMatchObject({ good: 3, duplicates: 1 });
  });

  test("is recognised when the same events arrive in several requests at once", async () => {
    const server = await localServer();
    const events = Array.from({ length: 50 }, (_, n) => withId(`e${n}`));
    await Promise.all(Array.from({ length: 10 }, () => batch(server, events)));
    expect(await server.counts()).toMatchObject({ good: 50, duplicates: 450 });
  });

  test("is new again after a reset", async () => {
    const server = await localServer();
    await batch(server, [withId("e1")], key);
    await server.reset();
    await batch(server, [withId("e1")], key);
    expect(await server.counts()).toMatchObject({ good: 1, duplicates: 0 });
  });
});
