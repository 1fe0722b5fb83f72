import { describe, expect, it, vi } from "vitest";
import {
  DeliveryError,
  defineEvents,
  InvalidEventError,
  type Notice,
  type SegOpsError,
  type TrackInput,
} from "../../src/index";
import type { LightOptions } from "../../src/light/index";
import { noConnection, response, settlePromises } from "../../src/testing/index";
import { type Storage, startLightClient } from "./start-light-client";

/** A light client, what the host is told, and events numbered from 1. */
function start(options: Partial<LightOptions> = {}, storage?: Storage) {
  const errors: SegOpsError[] = [];
  const notices: Notice[] = [];
  const started = startLightClient(
    { onError: (error) => errors.push(error), ...options },
    storage && { storage },
  );
  started.client.subscribe((notice) => notices.push(notice));
  const { transport } = started.runtime;
  let number = 0;
  return {
    ...started,
    page: started,
    transport,
    errors,
    codes: () => errors.map(({ code }) => code),
    notices,
    track: (about: Partial<TrackInput> = {}) =>
      started.client.track({ userId: "ada", eventType: "clicked", payload: { number: ++number }, ...about }),
    numbers: () => transport.received.map(({ payload }) => payload.number),
    batches: () =>
      transport.requests
        .filter(({ path }) => path.includes("batch"))
        .map(({ events }) => events.map(({ payload }) => payload.number)),
  };
}

describe("sending", () => {
  it("asks for a token with the first event, and sends after five seconds", async () => {
    const { track, transport, clock, batches } = start();
    expect(transport.requests).toEqual([]);
    track();
    await clock.advance(0);
    expect(transport.requests.map(({ path }) => path)).toEqual(["/api/auth/session/"]);
    await clock.advance(4_999);
    expect(batches()).toEqual([]);
    await clock.advance(1);
    expect(batches()).toEqual([[1]]);
  });

  it("sends twenty waiting events at once", async () => {
    const { track, clock, batches } = start();
    for (let count = 0; count < 20; count++) track();
    await clock.advance(0);
    expect(batches().map((numbers) => numbers.length)).toEqual([20]);
  });

  it("stores what a turn tracked within it, and sends it in a turn of its own", async () => {
    const storage: Storage = new Map();
    const { client, clock, runtime } = startLightClient({}, { storage, patienceMs: 20 });
    for (let count = 0; count < 20; count++) client.track({ userId: "ada", eventType: "clicked" });
    await settlePromises();
    expect([...storage.values()].map(({ texts }) => texts.length)).toEqual([20]);
    expect(runtime.transport.requests).toEqual([]);
    await clock.advance(20);
    expect(runtime.transport.received).toHaveLength(20);
  });

  it("is not put off by a host that tracks all the time", async () => {
    const { client, clock, runtime } = startLightClient({}, { patienceMs: 20 });
    for (let frame = 0; frame < 60; frame++) {
      client.track({ userId: "ada", eventType: "scrolled" });
      await clock.advance(16);
    }
    expect(runtime.transport.received.length).toBeGreaterThan(20);
  });

  it("sends within the turn while the page is hidden: there may be no other", async () => {
    const { track, client, page, batches } = start();
    track();
    await client.flush();
    page.hidden = true;
    track();
    await settlePromises();
    expect(batches()).toEqual([[1], [2]]);
  });

  it("sets no timer while nothing waits", async () => {
    const { track, clock, client } = start();
    expect(clock.timers).toBe(0);
    track();
    await client.flush();
    expect(clock.timers).toBe(0);
  });

  it("lets one batch carry what a backlog has become", async () => {
    const { track, clock, engine, batches } = start();
    engine.sender.setActive(false);
    for (let count = 0; count < 700; count++) track();
    engine.sender.setActive(true);
    await clock.advance(0);
    expect(batches()).toHaveLength(2);
    expect(batches().flat()).toHaveLength(700);
  });

  it("sends nothing under another visitor's token", async () => {
    const { track, client, transport } = start();
    track({ userId: "ada" });
    track({ userId: "grace" });
    track({ userId: "ada" });
    await client.flush();
    const minted = transport.requests.filter(({ path }) => path.includes("session"));
    const sent = transport.requests.filter(({ path }) => path.includes("batch"));
    expect(minted.map(({ body }) => JSON.parse(body).user_id)).toEqual(["ada", "grace"]);
    expect(
      sent.map(({ headers, events }) => [headers.authorization, events.map(({ user_id }) => user_id)]),
    ).toEqual([
      ["Bearer token-1", ["ada", "ada"]],
      ["Bearer token-2", ["grace"]],
    ]);
  });
});

describe("when the server has trouble", () => {
  it.each([500, 503, 408, noConnection])("tries again after %j, and loses nothing", async (trouble) => {
    const { track, client, transport, clock, numbers } = start();
    transport.reply(trouble, trouble, trouble);
    track();
    const report = client.flush();
    await clock.advance(10_000);
    expect(await report).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(numbers()).toEqual([1]);
  });

  it.each([
    ["seconds", "20"],
    ["a date", new Date(Date.UTC(2026, 0, 1) + 20_000).toUTCString()],
  ])("waits as long as Retry-After says, in %s", async (_, retryAfter) => {
    const { track, clock, transport, client, batches } = start();
    transport.reply(response(429, {}, retryAfter));
    track();
    void client.flush();
    await clock.advance(19_999);
    expect(batches()).toHaveLength(1);
    await clock.advance(1);
    expect(batches()).toHaveLength(2);
  });

  it("keeps the events when the retries are used up, says so, and tries again later", async () => {
    const { track, clock, transport, client, codes, numbers } = start();
    transport.fallback(503);
    track();
    const report = client.flush();
    await clock.advance(10_000);
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(codes()).toEqual(["unavailable"]);
    transport.fallback(202);
    await clock.advance(300_000);
    expect(numbers()).toEqual([1]);
  });

  it("goes on with other events when one batch is never taken", async () => {
    const { track, clock, transport, client, numbers } = start();
    transport.fallback(({ body }) => (body.includes('"number":1}') ? response(500) : response(202)));
    track();
    await clock.advance(60_000);
    track();
    await clock.advance(60_000);
    expect(numbers()).toEqual([2]);
    expect(client.totals.pending).toBe(1);
  });

  it.each([401, 403, 404])("reports %d at once, and delivers when it is put right", async (status) => {
    const { track, clock, transport, client, errors, numbers } = start();
    transport.fallback(status);
    track();
    expect(await client.flush()).toMatchObject({ pending: 1 });
    expect(errors).toEqual([expect.objectContaining({ status, events: 1 })]);
    transport.fallback(202);
    await clock.advance(300_000);
    expect(numbers()).toEqual([1]);
  });

  it("renews an expired token once, and sends the same again", async () => {
    const { track, transport, client, errors } = start();
    transport.reply(401);
    track();
    expect(await client.flush()).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(transport.requests.map(({ path }) => path.split("/")[2])).toEqual([
      "auth",
      "ingestion",
      "auth",
      "ingestion",
    ]);
    expect(errors).toEqual([]);
  });

  it("lets a visitor whose token is refused hold up nobody else", async () => {
    const { track, clock, transport, numbers } = start();
    transport.replySession(response(403, { detail: "signature required" }));
    track({ userId: "ada" });
    await clock.advance(0);
    track({ userId: "grace" });
    await clock.advance(5_000);
    expect(numbers()).toEqual([2]);
  });
});

describe("when the server refuses", () => {
  it("finds the bad event by halving, and refuses it alone", async () => {
    const { track, transport, client, notices, numbers } = start();
    transport.fallback(({ body }) =>
      body.includes('"number":13}') ? response(400, { detail: "bad" }) : response(202),
    );
    for (let count = 0; count < 40; count++) track();
    expect(await client.flush()).toEqual({ delivered: 39, refused: 1, pending: 0 });
    expect(numbers().sort((a, b) => Number(a) - Number(b))).not.toContain(13);
    expect(notices.filter(({ type }) => type === "refused")).toEqual([
      expect.objectContaining({
        reason: "rejected",
        count: 1,
        events: [expect.stringContaining('"number":13}')],
      }),
    ]);
  });

  it("splits what is too large until it fits", async () => {
    const { track, transport, client } = start();
    transport.fallback(({ body }) => response(body.length > 1_000 ? 413 : 202));
    for (let count = 0; count < 60; count++) track();
    expect(await client.flush()).toEqual({ delivered: 60, refused: 0, pending: 0 });
  });

  it("counts what the server skipped as refused", async () => {
    const { track, transport, client, codes } = start();
    transport.reply(response(202, { queued: 1, skipped: 2 }));
    for (let count = 0; count < 3; count++) track();
    expect(await client.flush()).toEqual({ delivered: 1, refused: 2, pending: 0 });
    expect(codes()).toEqual(["rejected"]);
    expect(client.totals).toMatchObject({ accepted: 3, delivered: 1, refused: 2, pending: 0 });
  });
});

describe("what the host hands in", () => {
  it("replaces what JSON cannot hold, and says which", async () => {
    const { track, client, transport, notices } = start();
    const payload: Record<string, unknown> = { big: 12n, nothing: Number.NaN };
    payload.itself = payload;
    Object.defineProperty(payload, "trap", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
    track({ payload });
    await client.flush();
    expect(transport.received[0]?.payload).toEqual({
      big: "12",
      nothing: "[NaN]",
      itself: "[Circular]",
      trap: "[Throws]",
    });
    expect(notices).toContainEqual(
      expect.objectContaining({
        type: "repaired",
        replaced: [
          "payload.big: [BigInt]",
          "payload.nothing: [NaN]",
          "payload.itself: [Circular]",
          "payload.trap: [Throws]",
        ],
      }),
    );
  });

  it("copies at once: a later change changes nothing", async () => {
    const { track, client, transport } = start();
    const payload = { total: 1 };
    track({ payload });
    payload.total = 2;
    await client.flush();
    expect(transport.received[0]?.payload).toEqual({ total: 1 });
  });

  it.each([undefined, null, 42, "event", {}, { userId: "" }, { userId: "ada" }])(
    "refuses %j without throwing",
    (input) => {
      const { client, errors } = start();
      client.track(input as never);
      expect(errors).toEqual([expect.any(InvalidEventError)]);
      expect(client.totals).toMatchObject({ accepted: 0, pending: 0 });
    },
  );

  it("throws with strict", () => {
    const { client } = start({ strict: true });
    expect(() => client.track({ userId: "ada", eventType: "" })).toThrow(InvalidEventError);
  });

  it("refuses an event that no batch can carry, and the others arrive", async () => {
    const { track, client, codes, numbers } = start({ maxBatchBytes: 1_000 });
    track({ payload: { text: "x".repeat(1_000) } });
    track();
    await client.flush();
    expect(codes()).toEqual(["event_too_large"]);
    expect(numbers()).toEqual([2]);
  });

  it("lets beforeSend change an event, drop it, or fail", async () => {
    const beforeSend = vi
      .fn<(event: TrackInput) => TrackInput | null>()
      .mockImplementationOnce((event) => ({ ...event, payload: { number: "changed" } }))
      .mockReturnValueOnce(null)
      .mockImplementationOnce(() => {
        throw new Error("oops");
      });
    const { track, client, codes, numbers } = start({ beforeSend });
    for (let count = 0; count < 3; count++) track();
    await client.flush();
    expect(numbers()).toEqual(["changed"]);
    expect(codes()).toEqual(["before_send_failed"]);
    expect(client.totals).toMatchObject({
      accepted: 3,
      delivered: 1,
      dropped: { before_send: 1, before_send_failed: 1 },
    });
  });

  it("checks against the catalogue, and sends what the schema gives back", async () => {
    const schema = {
      "~standard": {
        version: 1 as const,
        vendor: "test",
        validate: (value: unknown) =>
          (value as { total?: unknown }).total === undefined
            ? { issues: [{ message: "expected a number", path: ["total"] }] }
            : { value: { total: Number((value as { total: unknown }).total) } },
      },
    };
    const { client, errors, transport } = start({ events: defineEvents({ order_placed: schema }) });
    client.track({ userId: "ada", eventType: "order_placed", payload: { total: "42" } });
    client.track({ userId: "ada", eventType: "order_placed" });
    client.track({ userId: "ada", eventType: "order_plaecd", payload: { total: 1 } });
    await client.flush();
    expect(transport.received.map(({ payload }) => payload)).toEqual([{ total: 42 }]);
    expect(errors).toEqual([expect.any(InvalidEventError), expect.any(InvalidEventError)]);
  });
});

describe("the queue", () => {
  it("keeps the oldest when it is full, and says how many were lost", () => {
    const { track, client, errors } = start({ maxQueueSize: 10 });
    for (let count = 0; count < 15; count++) track();
    expect(client.totals).toMatchObject({ accepted: 15, dropped: { queue_full: 5 }, pending: 10 });
    expect(errors).toEqual([expect.any(DeliveryError)]);
    expect(errors[0]?.message).toMatch(/^1 event\(s\) lost: 10 are waiting and no more fit/);
  });

  it("stores the events of one turn under one small key, and forgets them when they are delivered", async () => {
    const storage: Storage = new Map();
    const { track, client, clock } = start({}, storage);
    track();
    track();
    await clock.advance(0);
    expect([...storage.values()].map(({ texts }) => texts.length)).toEqual([2]);
    await client.flush();
    expect(storage.size).toBe(0);
  });
});

describe("the end", () => {
  it("hands over what could neither be delivered nor stored", async () => {
    const onUndelivered = vi.fn();
    const { track, client, clock, transport } = start({ onUndelivered });
    transport.fallback(503);
    track();
    const report = client.shutdown({ timeoutMs: 5_000 });
    await clock.advance(5_000);
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(onUndelivered).toHaveBeenCalledWith([
      expect.objectContaining({ userId: "ada", payload: { number: 1 } }),
    ]);
    expect(client.totals).toMatchObject({ accepted: 1, dropped: { undelivered: 1 }, pending: 0 });
    expect(clock.timers).toBe(0);
  });

  it("leaves what is stored to the next visit", async () => {
    const storage: Storage = new Map();
    const { track, client, clock, transport, errors } = start({}, storage);
    transport.fallback("hang");
    track();
    const report = client.shutdown({ timeoutMs: 5_000 });
    await clock.advance(5_000);
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(storage.size).toBe(1);
    expect(errors).toEqual([]);
  });

  it("reports events after it as closed", async () => {
    const { track, client, codes } = start();
    await client.shutdown();
    track();
    expect(codes()).toEqual(["closed"]);
    expect(client.totals).toMatchObject({ accepted: 1, dropped: { closed: 1 } });
  });
});

describe("while the page may go away", () => {
  it("sends at once, without a timer", async () => {
    const { track, client, clock, batches, page } = start();
    track();
    await client.flush();
    page.hidden = true;
    track();
    await clock.advance(0);
    expect(batches()).toEqual([[1], [2]]);
  });
});

describe("trouble without a handler of the host's", () => {
  it("is one line a minute for each kind, with the count of what was left unsaid", async () => {
    const { client, clock, runtime } = startLightClient();
    for (let count = 0; count < 3; count++) client.track({} as never);
    expect(runtime.lines).toHaveLength(1);
    await clock.advance(60_000);
    client.track({} as never);
    expect(runtime.lines[1]).toMatch(/^\[segops\] invalid_event: .* \(and 2 more like it\)$/);
  });

  it("stops where a handler makes the trouble that it is told of", () => {
    const { client } = startLightClient({ onError: () => client.track({} as never) });
    client.track({} as never);
  });
});
