import { describe, expect, it } from "vitest";
import { settlePromises } from "../src/testing/index";
import { event, numbersOf, startClient, upTo } from "./support/start-client";

describe("events leave together, and soon", () => {
  it("waits five seconds for company", async () => {
    const { trackMany, clock, transport } = startClient();
    trackMany(3);
    await clock.advance(4_999);
    expect(transport.requests).toHaveLength(0);
    await clock.advance(1);
    expect(transport.requests.map(({ events }) => events.length)).toEqual([3]);
  });

  it("does not wait once there are 20", async () => {
    const { trackMany, transport } = startClient();
    trackMany(20);
    await settlePromises();
    expect(transport.requests.map(({ events }) => events.length)).toEqual([20]);
  });

  it("sends a burst in batches of 500, whatever batchSize says", async () => {
    const { trackMany, client, transport } = startClient();
    trackMany(1_234);
    await client.flush();
    expect(transport.requests.map(({ events }) => events.length)).toEqual([500, 500, 234]);
    expect(numbersOf(transport.received)).toEqual(upTo(1_234));
  });

  it("gathers what comes while a request is under way, so that requests stay few and full", async () => {
    const { trackMany, clock, transport } = startClient();
    let answer = (): void => {};
    transport.reply(
      () =>
        new Promise((resolve) => {
          answer = () => resolve({ kind: "response", status: 202, body: "{}" });
        }),
    );
    trackMany(20);
    await settlePromises();
    for (let turn = 0; turn < 10; turn++) {
      trackMany(20);
      await settlePromises();
    }
    expect(transport.requests).toHaveLength(1);
    answer();
    await settlePromises();
    expect(transport.requests.map(({ events }) => events.length)).toEqual([20, 200]);
    await clock.advance(0);
  });

  it("does not let one slow request hold up the others for longer than the interval", async () => {
    const { trackMany, clock, transport } = startClient();
    transport.reply("hang");
    trackMany(20);
    await settlePromises();
    trackMany(5);
    await clock.advance(5_000);
    expect(numbersOf(transport.received)).toEqual([21, 22, 23, 24, 25]);
  });

  it("has no more than four requests under way", async () => {
    const { trackMany, clock, transport } = startClient();
    transport.fallback("hang");
    trackMany(5_000);
    await clock.advance(5_000);
    expect(transport.requests).toHaveLength(4);
  });

  it("sends each event at once when batch is false", async () => {
    const { trackMany, transport } = startClient({ batch: false });
    trackMany(1);
    await settlePromises();
    expect(transport.requests).toHaveLength(1);
  });

  it("sets no timer while there is nothing to send", async () => {
    const { trackMany, client, clock } = startClient();
    expect(clock.timers).toBe(0);
    trackMany(1);
    expect(clock.timers).toBe(1);
    await client.flush();
    expect(clock.timers).toBe(0);
  });

  it("never holds the process with a timer, unless somebody waits", async () => {
    const { trackMany, client, clock, transport } = startClient();
    transport.fallback(503);
    trackMany(1);
    expect(clock.keepAliveTimers).toBe(0);
    const flushed = client.flush();
    await settlePromises();
    expect(clock.keepAliveTimers).toBe(1);
    await clock.advance(60_000);
    await flushed;
    expect(clock.timers).toBeGreaterThan(0);
    expect(clock.keepAliveTimers).toBe(0);
  });
});

describe("a body stays below maxBatchBytes", () => {
  it("in bytes and not in characters", async () => {
    const { client, transport } = startClient({ maxBatchBytes: 1_000 });
    for (let number = 1; number <= 10; number++)
      client.track({ ...event(number), payload: { number, text: "ü€😀".repeat(30) } });
    await client.flush();
    const sizes = transport.requests.map(({ body }) => Buffer.byteLength(body));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(numbersOf(transport.received)).toEqual(upTo(10));
  });

  it("to the byte", async () => {
    const one = Buffer.byteLength('{"events":[]}') + Buffer.byteLength(eventText);
    const { client, transport, errors } = startClient({ maxBatchBytes: one });
    client.track(event(1));
    client.track(event(2));
    client.track(event(10));
    await client.flush();
    expect(transport.requests.map(({ body }) => body.length)).toEqual([one, one]);
    expect(errors).toMatchObject([{ code: "event_too_large" }]);
  });
  const eventText =
    '{"user_id":"ada","event_type":"page_viewed","occurred_at":"2026-01-01T00:00:00.000Z","payload":{"number":1}}';
});

describe("the queue is bounded", () => {
  it("drops the newest beyond maxQueueSize and says so once a second, with the count", async () => {
    const { trackMany, client, clock, transport, errors } = startClient({ maxQueueSize: 100 });
    transport.fallback("hang");
    trackMany(350);
    expect(errors).toEqual([]);
    await clock.advance(1_000);
    expect(errors).toMatchObject([{ code: "queue_full", events: 250 }]);
    trackMany(5);
    await clock.advance(1_000);
    expect(errors).toMatchObject([{ events: 250 }, { events: 5 }]);
    expect(client.totals).toMatchObject({ pending: 100, dropped: { queue_full: 255 } });
  });

  it("drops the newest beyond maxQueueBytes", async () => {
    const { trackMany, client, clock } = startClient({ maxQueueBytes: 1_100 });
    trackMany(20);
    expect(client.totals).toMatchObject({ pending: 10, dropped: { queue_full: 10 } });
    await clock.advance(1_000);
  });

  it("takes events again once there is room", async () => {
    const { trackMany, client, clock } = startClient({ maxQueueSize: 10 });
    trackMany(11);
    await client.flush();
    trackMany(10);
    await client.flush();
    await clock.advance(1_000);
    expect(client.totals).toMatchObject({ delivered: 20, dropped: { queue_full: 1 } });
  });
});
