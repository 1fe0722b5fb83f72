import { describe, expect, it } from "vitest";
import { noConnection, response, settlePromises } from "../src/testing/index";
import { numbersOf, startClient, upTo } from "./support/start-client";

const MINUTE = 60_000;

describe("what is transient is tried again, and nothing is lost or sent as something else", () => {
  it.each([
    ["500", response(500)],
    ["502", response(502)],
    ["503", response(503)],
    ["408", response(408)],
    ["429", response(429)],
    ["a refused connection", noConnection],
  ])("%s", async (_, outcome) => {
    const { trackMany, clock, transport, client, errors } = startClient();
    transport.reply(outcome, outcome, outcome);
    trackMany(25);
    await clock.advance(MINUTE);
    expect(client.totals.delivered).toBe(25);
    expect(errors).toEqual([]);
  });

  it("sends the same bytes under the same Idempotency-Key each time", async () => {
    const { trackMany, clock, transport } = startClient();
    transport.reply(500, noConnection);
    trackMany(20);
    await settlePromises();
    trackMany(5);
    await clock.advance(MINUTE);
    const [first, second, third, next] = transport.requests;
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(next?.headers["idempotency-key"]).not.toBe(first?.headers["idempotency-key"]);
  });

  it("a transport that throws, or rejects, or answers nonsense", async () => {
    const { trackMany, client, clock, runtime } = startClient();
    const { post } = runtime.transport;
    const faults = [
      () => {
        throw new Error("thrown");
      },
      () => Promise.reject(new Error("rejected")),
      () => Promise.resolve(undefined as never),
    ];
    runtime.transport.post = (request) => (faults.shift() ?? post)(request);
    trackMany(1);
    await clock.advance(MINUTE);
    expect(client.totals.delivered).toBe(1);
  });

  it("a request that is never answered: another one is sent once its time is up", async () => {
    const { trackMany, client, clock, transport } = startClient({ requestTimeout: 10_000 });
    transport.reply("hang");
    trackMany(20);
    await clock.advance(11_000);
    expect(client.totals).toMatchObject({ delivered: 0, pending: 20 });
    await clock.advance(500);
    expect(client.totals).toMatchObject({ delivered: 20, pending: 0 });
  });
});

describe("the server is given time", () => {
  const timesOfTries = async (random: number) => {
    const { trackMany, clock, transport } = startClient({}, { random: () => random });
    const times: number[] = [];
    transport.fallback(() => {
      times.push(clock.monotonicNow());
      return noConnection;
    });
    trackMany(20);
    await clock.advance(60 * MINUTE);
    return times;
  };

  it("backs off from half a second, doubling, then pauses: 30 s, a minute, … five minutes at the most", async () => {
    const gaps = (await timesOfTries(1))
      .map((time, index, times) => time - (times[index - 1] ?? 0))
      .slice(1, 10);
    expect(gaps).toEqual([500, 1_000, 2_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
  });

  it("with full jitter, so that clients do not come back in step", async () => {
    expect((await timesOfTries(0.5)).slice(0, 4)).toEqual([0, 250, 750, 1_750]);
  });

  it("waits at least as long as Retry-After says in seconds", async () => {
    const { trackMany, clock, client, transport } = startClient();
    transport.reply(response(429, {}, "7"));
    trackMany(20);
    await clock.advance(6_999);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    expect(client.totals.delivered).toBe(20);
  });

  it("waits at least as long as Retry-After says by a date", async () => {
    const { trackMany, clock, client, transport } = startClient();
    transport.reply(response(503, {}, new Date(clock.now() + 4_000).toUTCString()));
    trackMany(20);
    await clock.advance(3_999);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    expect(client.totals.delivered).toBe(20);
  });

  it("holds every batch back while Retry-After runs, a flush too", async () => {
    const { trackMany, client, clock, transport } = startClient();
    transport.reply(response(429, {}, "7"));
    trackMany(20);
    await settlePromises();
    trackMany(600);
    const flushed = client.flush();
    await clock.advance(6_999);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await flushed).toEqual({ delivered: 620, refused: 0, pending: 0 });
  });

  it("sends one request at a time until the server is back, then several", async () => {
    const { trackMany, clock, transport } = startClient();
    transport.fallback(503);
    trackMany(2_000);
    await settlePromises();
    expect(transport.requests).toHaveLength(4);
    await clock.advance(500);
    expect(transport.requests).toHaveLength(5);
    transport.fallback(202);
    await clock.advance(1_000);
    expect(transport.received).toHaveLength(2_000);
  });

  it("counts requests that failed together as one failure", async () => {
    const { trackMany, clock, transport, errors } = startClient();
    transport.reply(503, 503, 503, 503);
    trackMany(2_000);
    await clock.advance(2_000);
    expect(transport.received).toHaveLength(2_000);
    expect(errors).toEqual([]);
  });
});

describe("when the retries are used up the events are kept", () => {
  it("says so once for each pause, and delivers them when the server is back", async () => {
    const { trackMany, clock, client, transport, errors } = startClient();
    transport.fallback(503);
    trackMany(20);
    await clock.advance(4_000);
    expect(errors).toMatchObject([
      {
        name: "DeliveryError",
        code: "unavailable",
        status: 503,
        attempts: 4,
        events: 20,
        message: /next try in 30 s/,
      },
    ]);
    expect(client.totals.pending).toBe(20);
    transport.fallback(202);
    await clock.advance(30_000);
    expect(client.totals.delivered).toBe(20);
  });

  it("delivers all that gathered during an outage of an hour, oldest first, in full batches", async () => {
    const { client, clock, transport } = startClient({ maxQueueSize: 10_000 });
    transport.fallback(noConnection);
    for (let minute = 0; minute < 60; minute++) {
      for (let i = 1; i <= 100; i++) {
        client.track({ userId: "ada", eventType: "a", payload: { number: minute * 100 + i } });
      }
      await clock.advance(MINUTE);
    }
    const during = transport.requests.length;
    expect(during).toBeLessThan(25);
    transport.fallback(202);
    await clock.advance(10 * MINUTE);
    expect([...numbersOf(transport.received)].sort((a, b) => a - b)).toEqual(upTo(6_000));
    expect(transport.requests.length - during).toBeLessThan(25);
  });

  it("tries at once when connectivity returns", async () => {
    const { trackMany, client, clock, transport, runtime } = startClient();
    transport.fallback(noConnection);
    trackMany(20);
    await clock.advance(5_000);
    transport.fallback(202);
    runtime.signal("online");
    await settlePromises();
    expect(client.totals.delivered).toBe(20);
  });

  it("sends nothing while it is known to be offline", async () => {
    const { trackMany, client, clock, transport, runtime } = startClient();
    runtime.signal("offline");
    trackMany(20);
    await clock.advance(60 * MINUTE);
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 20 });
    expect(transport.requests).toHaveLength(0);
    runtime.signal("online");
    await settlePromises();
    expect(client.totals.delivered).toBe(20);
  });

  it("does not let a batch that the server chokes on stand in the way of the others", async () => {
    const { trackMany, client, clock, transport } = startClient();
    transport.fallback(({ body }) => (body.includes('"number":7}') ? response(500) : response(202)));
    trackMany(20);
    await clock.advance(100);
    for (let i = 0; i < 100; i++) {
      trackMany(20);
      await clock.advance(1_000);
    }
    await clock.advance(MINUTE);
    expect(client.totals).toMatchObject({ delivered: 2_000, pending: 20 });
  });
});

describe("clocks may jump", () => {
  it.each([
    ["an hour ahead", 60 * MINUTE],
    ["an hour back", -60 * MINUTE],
    ["to 1970", -Date.UTC(2026, 0, 1)],
  ])("%s: no stall and no burst", async (_, jump) => {
    const { trackMany, client, clock, transport } = startClient();
    transport.reply(503, 503);
    trackMany(20);
    await settlePromises();
    clock.setWallClock(clock.now() + jump);
    await clock.advance(499);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(2_000);
    expect(transport.requests).toHaveLength(3);
    expect(client.totals.delivered).toBe(20);
  });
});
