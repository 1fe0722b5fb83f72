import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { CLOCK_SKEW_TOLERANCE_MS } from "../src/index";
import { DATABASES, emptyDatabase } from "./support/databases";
import { batch, localServer, mint, pageViewed, post, track } from "./support/local-server";

describe("an event is accepted", () => {
  test("and answered 202 once it is stored", async () => {
    const server = await localServer();
    const { status, body } = await track(server, { ...pageViewed, payload: { page: "/pricing" } });
    expect(status).toBe(202);
    expect(body).toEqual({ queued: true });
    expect(await server.events()).toMatchObject([
      { ...pageViewed, payload: { page: "/pricing" }, key_kind: "secret" },
    ]);
  });

  test("with or without the trailing slash", async () => {
    const server = await localServer();
    expect((await post(server, "/api/ingestion/track", pageViewed)).status).toBe(202);
    expect((await post(server, "/api/ingestion/track/batch", { events: [pageViewed] })).status).toBe(202);
  });

  test("at the time it was received, when it does not say when it occurred", async () => {
    const server = await localServer({ now: () => Date.UTC(2026, 0, 31, 12) });
    await track(server, pageViewed);
    expect(await server.events()).toMatchObject([{ occurred_at: "2026-01-31T12:00:00.000Z" }]);
  });

  test.each([
    ["2026-01-31T12:00:00.250Z", "2026-01-31T12:00:00.250Z"],
    ["2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000Z"],
    ["2026-01-31T12:00:00", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
  ])("at %s, read as %s", async (occurredAt, stored) => {
    const server = await localServer();
    await track(server, { ...pageViewed, occurred_at: occurredAt });
    expect(await server.events()).toMatchObject([{ occurred_at: stored }]);
  });

  test("compressed with gzip", async () => {
    const server = await localServer();
    const body = gzipSync(JSON.stringify({ events: [pageViewed, pageViewed] }));
    const answer = await post(server, "/api/ingestion/track/batch/", body, { "Content-Encoding": "gzip" });
    expect(answer).toMatchObject({ status: 202, body: { queued: 2, skipped: 0 } });
  });
});

describe.each(DATABASES)("on %s, an id", (kind) => {
  test("may be 1,000 bytes long, and no longer", async () => {
    const server = await localServer(await emptyDatabase(kind));
    const id = (length: number) => Array.from({ length }, (_, n) => String.fromCharCode(0x4e00 + n)).join("");
    const events = [333, 334].flatMap((length) => [
      { ...pageViewed, user_id: id(length), anonymous_id: id(333), event_id: `${length}a` },
      { ...pageViewed, event_type: id(length), event_id: id(333) },
    ]);
    expect((await batch(server, events)).body).toEqual({ queued: 2, skipped: 2 });
    const bad = await server.badEvents();
    expect(bad.map(({ reason, field }) => [reason, field])).toEqual([
      ["too_long", "event_type"],
      ["too_long", "user_id"],
    ]);
    expect(await mint(server, { user_id: id(334) })).toMatchObject({
      status: 400,
      body: { user_id: [expect.any(String)] },
    });
    const long = { "Idempotency-Key": "k".repeat(1001) };
    expect((await track(server, pageViewed, long)).status).toBe(400);
  });
});

describe("where the clocks differ", () => {
  const now = Date.UTC(2026, 0, 31, 12);
  const sentAt = async (ms: number) => {
    const server = await localServer({ now: () => now });
    const { status } = await track(server, { ...pageViewed, occurred_at: new Date(ms).toISOString() });
    const [event] = await server.events();
    return { status, occurred_at: event?.occurred_at, claimed_at: event?.claimed_at };
  };

  test("an event is believed up to 5 minutes ahead of the server", async () => {
    const ahead = now + CLOCK_SKEW_TOLERANCE_MS;
    expect(CLOCK_SKEW_TOLERANCE_MS).toBe(300_000);
    expect(await sentAt(ahead)).toEqual({
      status: 202,
      occurred_at: new Date(ahead).toISOString(),
      claimed_at: null,
    });
  });

  test("one further ahead occurred when it was received, and what it claimed is kept", async () => {
    const ahead = now + CLOCK_SKEW_TOLERANCE_MS + 1;
    expect(await sentAt(ahead)).toEqual({
      status: 202,
      occurred_at: new Date(now).toISOString(),
      claimed_at: new Date(ahead).toISOString(),
    });
  });

  test("an old event is believed, however old: its client may have been offline", async () => {
    const old = Date.UTC(1999, 0, 1);
    expect(await sentAt(old)).toMatchObject({ occurred_at: new Date(old).toISOString(), claimed_at: null });
  });

  test.each(DATABASES)("a year that no database holds is refused, on %s", async (kind) => {
    const server = await localServer(await emptyDatabase(kind));
    const years = ["0000-01-01T00:00:00Z", "-000001-01-01T00:00:00Z", "+010000-01-01T00:00:00Z"];
    const { body } = await batch(server, [
      ...years.map((occurred_at) => ({ ...pageViewed, occurred_at })),
      pageViewed,
    ]);
    expect(body).toEqual({ queued: 1, skipped: 3 });
    const bad = await server.badEvents();
    expect(bad.map(({ reason, field }) => [reason, field])).toEqual(
      years.map(() => ["invalid_time", "occurred_at"]),
    );
  });
});

describe("a batch", () => {
  test("of 500 events is stored whole and in order", async () => {
    const server = await localServer();
    const events = Array.from({ length: 500 }, (_, n) => ({ ...pageViewed, payload: { n } }));
    expect(await batch(server, events)).toMatchObject({ status: 202, body: { queued: 500, skipped: 0 } });
    const stored = await server.events({ limit: 500 });
    expect(stored.map(({ payload }) => payload)).toEqual(events.map(({ payload }) => payload).reverse());
  });

  test("keeps its good events when others are bad, and says how many were skipped", async () => {
    const server = await localServer();
    const { status, body } = await batch(server, [pageViewed, { user_id: "ada" }, 42, pageViewed]);
    expect(status).toBe(202);
    expect(body).toEqual({ queued: 2, skipped: 2 });
    expect(await server.counts()).toMatchObject({ total: 4, good: 2, bad: 2 });
  });

  test.each([
    ["no events", { events: [] }],
    ["501 events", { events: Array.from({ length: 501 }, () => pageViewed) }],
    ["events that are not a list", { events: "all of them" }],
    ["no list at all", {}],
  ])("with %s is refused as a whole", async (_, envelope) => {
    const server = await localServer();
    const { status, body } = await post(server, "/api/ingestion/track/batch/", envelope);
    expect(status).toBe(400);
    expect(body).toEqual({ events: [expect.any(String)] });
    expect(await server.counts()).toMatchObject({ total: 0 });
  });

  test("that is not an object is refused with a detail", async () => {
    const server = await localServer();
    expect(await post(server, "/api/ingestion/track/batch/", [pageViewed])).toMatchObject({
      status: 400,
      body: { detail: 'A batch is an object: {"events": […]}.' },
    });
  });
});

describe("a refused event is recorded under a stable reason", () => {
  test.each([
    ["required", "user_id", { event_type: "page_viewed" }],
    ["required", "event_type", { user_id: "ada" }],
    ["empty", "user_id", { ...pageViewed, user_id: "" }],
    ["wrong_type", "user_id", { ...pageViewed, user_id: 7 }],
    ["wrong_type", "payload", { ...pageViewed, payload: ["a"] }],
    ["invalid_time", "occurred_at", { ...pageViewed, occurred_at: "yesterday" }],
    ["not_an_object", null, "page_viewed"],
    ["not_an_object", null, null],
  ])("%s (%s)", async (reason, field, event) => {
    const server = await localServer();
    expect((await batch(server, [event])).body).toEqual({ queued: 0, skipped: 1 });
    expect(await server.badEvents()).toMatchObject([{ reason, field, received: event }]);
  });

  test("and a single one is answered 400 with the field", async () => {
    const server = await localServer();
    expect(await track(server, { user_id: "ada" })).toMatchObject({
      status: 400,
      body: { event_type: ["This field is required."] },
    });
    expect(await server.counts()).toMatchObject({ good: 0, bad: 1 });
  });

  test("even when its payload is nested beyond measure", async () => {
    const server = await localServer();
    const depth = 100_000;
    const payload = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    const body = `{"events":[{"user_id":"ada","event_type":"a","payload":${payload}},${JSON.stringify(pageViewed)}]}`;
    const answer = await post(server, "/api/ingestion/track/batch/", body);
    expect(answer).toMatchObject({ status: 202, body: { queued: 1, skipped: 1 } });
    expect(await server.badEvents()).toMatchObject([{ reason: "too_deep", field: "payload" }]);
  });
});

describe("a body that cannot be read", () => {
  test.each([
    ["broken JSON", '{"user_id":'],
    ["nothing", ""],
    ["bytes that are not UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
  ])("(%s) is answered 400 with a detail", async (_, body) => {
    const server = await localServer();
    expect(await post(server, "/api/ingestion/track/", body)).toMatchObject({
      status: 400,
      body: { detail: expect.any(String) },
    });
  });

  test("is answered 400 when it says gzip and is not, 415 when it says something else", async () => {
    const server = await localServer();
    const path = "/api/ingestion/track/";
    expect((await post(server, path, pageViewed, { "Content-Encoding": "gzip" })).status).toBe(400);
    expect((await post(server, path, pageViewed, { "Content-Encoding": "br" })).status).toBe(415);
  });
});

describe("any other request", () => {
  test("to an unknown path is answered 404 in the documented shape", async () => {
    const server = await localServer();
    expect(await post(server, "/api/ingestion/trak/", pageViewed)).toMatchObject({
      status: 404,
      body: { detail: "Not found." },
    });
  });

  test("by another method is answered 405", async () => {
    const server = await localServer();
    const response = await fetch(`${server.url}/api/ingestion/track/`);
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("POST");
  });
});
