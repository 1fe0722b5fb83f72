import { describe, expect, it } from "vitest";
import type { TrackInput } from "../src/index";
import { noConnection, response, settlePromises } from "../src/testing/index";
import { event, startClient } from "./support/start-client";

describe("flush settles everything queued before the call", () => {
  it("resolves at once when there is nothing", async () => {
    const { client, transport } = startClient();
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 0 });
    expect(transport.requests).toHaveLength(0);
  });

  it("waits for what is under way already", async () => {
    const { client, trackMany, transport, clock } = startClient();
    let answer = (): void => {};
    transport.reply(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(response(202));
        }),
    );
    trackMany(20);
    await settlePromises();
    let report: unknown;
    void client.flush().then((value) => {
      report = value;
    });
    await clock.advance(5_000);
    expect(report).toBeUndefined();
    answer();
    await settlePromises();
    expect(report).toEqual({ delivered: 20, refused: 0, pending: 0 });
  });

  it("does not wait for what comes later", async () => {
    const { client, trackMany, transport } = startClient();
    trackMany(10);
    const flushed = client.flush();
    transport.fallback("hang");
    trackMany(20);
    expect(await flushed).toEqual({ delivered: 10, refused: 0, pending: 0 });
  });

  it("several at once have one answer each, for their own events", async () => {
    const { client, trackMany, clock, transport } = startClient();
    transport.reply(503);
    trackMany(10);
    const first = client.flush();
    trackMany(5);
    const second = client.flush();
    await clock.advance(1_000);
    expect(await first).toEqual({ delivered: 10, refused: 0, pending: 0 });
    expect(await second).toEqual({ delivered: 15, refused: 0, pending: 0 });
  });

  it("reports what is pending when the retries are used up, and a later flush tries again at once", async () => {
    const { client, trackMany, clock, transport } = startClient();
    transport.fallback(noConnection);
    trackMany(30);
    const flushed = client.flush();
    await clock.advance(3_500);
    expect(await flushed).toEqual({ delivered: 0, refused: 0, pending: 30 });
    transport.fallback(202);
    expect(await client.flush()).toEqual({ delivered: 30, refused: 0, pending: 0 });
  });

  it("does not wait for a Retry-After of an hour", async () => {
    const { client, trackMany, transport } = startClient();
    transport.fallback(response(429, {}, "3600"));
    trackMany(30);
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 30 });
  });

  it("delivers what it can when one batch is stuck", async () => {
    const { client, trackMany, clock, transport } = startClient();
    transport.fallback(({ body }) => (body.includes('"number":7}') ? response(500) : response(202)));
    trackMany(1_000);
    const flushed = client.flush();
    await clock.advance(60_000);
    expect(await flushed).toEqual({ delivered: 500, refused: 0, pending: 500 });
  });
});

describe("shutdown keeps trying until its time is up", () => {
  it("delivers everything, and lets go of the host", async () => {
    const { client, trackMany, clock, transport, runtime } = startClient();
    trackMany(700);
    expect(await client.shutdown()).toEqual({ delivered: 700, refused: 0, pending: 0 });
    expect(transport.closed).toBe(true);
    expect(clock.timers).toBe(0);
    expect(runtime.lifecycleListeners).toBe(0);
  });

  it("rides out a server that is down for most of the time", async () => {
    const { client, trackMany, clock, transport } = startClient();
    transport.fallback(503);
    trackMany(700);
    const done = client.shutdown();
    await clock.advance(9_000);
    transport.fallback(202);
    await clock.advance(1_000);
    expect(await done).toEqual({ delivered: 700, refused: 0, pending: 0 });
  });

  it("ends on time whatever hangs, and hands over what is left, ready to be tracked again", async () => {
    const undelivered: TrackInput[] = [];
    const { client, trackMany, clock, transport } = startClient({
      maxQueueSize: 5_000,
      onUndelivered: (events) => undelivered.push(...events),
    });
    transport.fallback("hang");
    trackMany(2_100);
    const done = client.shutdown({ timeoutMs: 3_000 });
    await clock.advance(3_000);
    expect(await done).toEqual({ delivered: 0, refused: 0, pending: 2_100 });
    expect(undelivered).toHaveLength(2_100);
    expect(undelivered[0]).toEqual({ ...event(1), occurredAt: "2026-01-01T00:00:00.000Z" });
    expect(client.totals).toMatchObject({ pending: 0, dropped: { undelivered: 2_100 } });
  });

  it("says that events are lost where there is nobody to hand them to", async () => {
    const { client, trackMany, clock, transport, errors } = startClient();
    transport.fallback("hang");
    trackMany(3);
    const done = client.shutdown();
    await clock.advance(10_000);
    await done;
    expect(errors).toMatchObject([{ code: "undelivered", events: 3, message: /onUndelivered/ }]);
  });

  it("ignores the answer to a request that outlived it", async () => {
    const { client, trackMany, clock, transport } = startClient({ onUndelivered: () => {} });
    transport.reply(
      () => new Promise((resolve) => clock.schedule(() => resolve(response(202)), 20_000, false)),
    );
    trackMany(3);
    const done = client.shutdown();
    await clock.advance(30_000);
    expect(await done).toEqual({ delivered: 0, refused: 0, pending: 3 });
    expect(client.totals).toMatchObject({ delivered: 0, dropped: { undelivered: 3 } });
  });

  it("gives up at once on a wrong key", async () => {
    const { client, trackMany, transport } = startClient({ onUndelivered: () => {} });
    transport.fallback(401);
    trackMany(3);
    expect(await client.shutdown()).toEqual({ delivered: 0, refused: 0, pending: 3 });
  });

  it("gives up at once when the server asks for more time than there is", async () => {
    const { client, trackMany, transport } = startClient({ onUndelivered: () => {} });
    transport.fallback(response(429, {}, "60"));
    trackMany(3);
    expect(await client.shutdown()).toEqual({ delivered: 0, refused: 0, pending: 3 });
  });

  it("has one end, however often it is called", async () => {
    const { client, trackMany, transport } = startClient();
    trackMany(3);
    const [first, second] = await Promise.all([client.shutdown(), client.shutdown({ timeoutMs: 1 })]);
    expect(second).toEqual(first);
    expect(await client.shutdown()).toEqual(first);
    expect(transport.requests).toHaveLength(1);
  });

  it("takes no event afterwards, and says so with the count", async () => {
    const { client, trackMany, clock, errors } = startClient();
    await client.shutdown();
    trackMany(2);
    expect(client.totals).toMatchObject({ accepted: 2, dropped: { closed: 2 }, pending: 0 });
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 0 });
    await clock.advance(1_000);
    expect(errors).toMatchObject([{ code: "closed", events: 2 }]);
  });
});

describe("the host may be about to end", () => {
  it("sends everything at once, as a request that should outlive it", async () => {
    const { trackMany, clock, transport, runtime } = startClient();
    trackMany(3);
    runtime.signal("suspend");
    expect(transport.requests).toMatchObject([{ unloading: true }]);
    await settlePromises();
    trackMany(20);
    await settlePromises();
    expect(transport.requests[1]).toMatchObject({ unloading: false });
    await clock.advance(0);
  });

  it("goes on as before when it did not end", async () => {
    const { trackMany, client, clock, transport, runtime } = startClient();
    transport.fallback(503);
    trackMany(3);
    runtime.signal("suspend");
    await clock.advance(20_000);
    transport.fallback(202);
    await clock.advance(300_000);
    trackMany(20);
    await settlePromises();
    expect(client.totals.delivered).toBe(23);
  });
});
