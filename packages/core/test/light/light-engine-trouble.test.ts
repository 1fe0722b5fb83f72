import { describe, expect, it, vi } from "vitest";
import type { HttpOutcome, HttpRequest, Notice, SegOpsError, TrackInput } from "../../src/index";
import type { LightOptions } from "../../src/light/index";
import { response } from "../../src/testing/index";
import { type Storage, startLightClient } from "./start-light-client";

function start(options: Partial<LightOptions> = {}, storage?: Storage) {
  const errors: SegOpsError[] = [];
  const notices: Notice[] = [];
  const started = startLightClient(
    { onError: (error) => errors.push(error), ...options },
    storage && { storage },
  );
  started.client.subscribe((notice) => notices.push(notice));
  const { transport, clock } = started.runtime;
  let number = 0;
  /** An answer that takes its time, as all do: without it a storm of requests would last no time. */
  const slowly = (reply: (request: HttpRequest) => HttpOutcome) => (request: HttpRequest) =>
    new Promise<HttpOutcome>((resolve) => clock.schedule(() => resolve(reply(request)), 10, false));
  return {
    ...started,
    page: started,
    transport,
    slowly,
    errors,
    notices,
    track: (about: Partial<TrackInput> = {}) =>
      started.client.track({ userId: "ada", eventType: "clicked", payload: { number: ++number }, ...about }),
    numbers: () => transport.received.map(({ payload }) => payload.number),
    sessions: () => transport.requests.filter(({ path }) => path.includes("session")),
    batches: () => transport.requests.filter(({ path }) => path.includes("batch")),
    balance: () => {
      const { accepted, recovered, delivered, refused, dropped, pending } = started.client.totals;
      const given = Object.values(dropped).reduce((sum, count) => sum + count, 0);
      return accepted + recovered - delivered - refused - given - pending;
    },
  };
}

/** An answer that comes when the test says so. */
function later() {
  let answer: (status: number) => void = () => {};
  const outcome = new Promise<ReturnType<typeof response>>((resolve) => {
    answer = (status) => resolve(response(status));
  });
  return { reply: () => outcome, answer: (status: number) => answer(status) };
}

const refuseTokensOf =
  (...users: string[]) =>
  ({ body }: { body: string }) =>
    users.includes(JSON.parse(body).user_id)
      ? response(403, { detail: "signature required" })
      : response(200, { token: "t", expires_at: "2099-01-01T00:00:00Z" });

describe("visitors whose tokens are refused", () => {
  const setUp = () => {
    const started = start();
    started.transport.replySession(
      ...Array.from({ length: 500 }, () => started.slowly(refuseTokensOf("ada", "grace"))),
    );
    return started;
  };

  it("are asked for once a pause each, and hold up nobody else", async () => {
    const { track, clock, numbers, sessions } = setUp();
    track({ userId: "ada" });
    track({ userId: "grace" });
    track({ userId: "linus" });
    await clock.advance(5_000);
    expect(numbers()).toEqual([3]);
    expect(sessions()).toHaveLength(3);
    await clock.advance(60_000);
    expect(sessions().length).toBeLessThan(12);
  });

  it("are no reason for flush() to leave the events of others behind", async () => {
    const { track, clock, client } = setUp();
    track({ userId: "ada" });
    track({ userId: "linus" });
    const report = client.flush();
    await clock.advance(100);
    expect(await report).toEqual({ delivered: 1, refused: 0, pending: 1 });
  });

  it("are asked for less and less often, whatever is delivered for others", async () => {
    const { track, clock, sessions } = setUp();
    track({ userId: "ada" });
    for (let minute = 0; minute < 30; minute++) {
      track({ userId: "linus" });
      await clock.advance(60_000);
    }
    const asked = sessions().filter(({ body }) => body.includes("ada"));
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.length).toBeLessThan(20);
  });
});

describe("two visitors of one page", () => {
  it("cost one token each", async () => {
    const { track, clock, numbers, sessions } = start();
    track({ userId: "ada" });
    track({ userId: "grace" });
    await clock.advance(60_000);
    expect(numbers()).toEqual([1, 2]);
    expect(sessions()).toHaveLength(2);
  });

  it("cost one token each try, where one has trouble", async () => {
    const { track, clock, numbers, sessions, transport } = start();
    transport.fallback(({ body }) => response(body.includes("ada") ? 503 : 202));
    track({ userId: "ada" });
    await clock.advance(5_000);
    track({ userId: "grace" });
    await clock.advance(60_000);
    expect(numbers()).toEqual([2]);
    expect(sessions().length).toBeLessThan(5);
  });
});

describe("shutdown()", () => {
  it.each([401, 403, 404])("makes no storm of requests where the server answers %d", async (status) => {
    const { track, clock, client, transport, slowly } = start();
    transport.fallback(slowly(() => response(status)));
    track();
    const report = client.shutdown({ timeoutMs: 10_000 });
    await clock.advance(10_000);
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(transport.requests.length).toBeLessThan(30);
  });

  it("makes no storm of requests without retries", async () => {
    const { track, clock, client, batches, transport, slowly } = start({ maxRetries: 0 });
    transport.fallback(slowly(() => response(503)));
    track();
    const report = client.shutdown({ timeoutMs: 10_000 });
    await clock.advance(10_000);
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(batches().length).toBeLessThan(30);
  });

  it("leaves the page alive where getUser throws and there are no retries", async () => {
    let calls = 0;
    const getUser = () => {
      if (++calls > 1_000) return undefined;
      throw new Error("not yet");
    };
    const { track, clock, client } = start({ maxRetries: 0, getUser });
    track();
    const report = client.shutdown({ timeoutMs: 10_000 });
    await clock.advance(10_000);
    await report;
    expect(calls).toBeLessThan(50);
  });

  it("keeps trying until its deadline, and counts all that was settled since the call", async () => {
    const { track, clock, client, transport } = start();
    transport.fallback(({ body }) =>
      body.includes('"number":1}') && clock.monotonicNow() < 15_000 ? response(503) : response(202),
    );
    track({ userId: "ada" });
    track({ userId: "linus" });
    const report = client.shutdown({ timeoutMs: 60_000 });
    await clock.advance(60_000);
    expect(await report).toEqual({ delivered: 2, refused: 0, pending: 0 });
  });
});

describe("events that were given up while they were under way", () => {
  it.each([202, 400, 413, 503])("stay given up when the answer is %d", async (status) => {
    const { track, clock, client, engine, transport, balance, numbers } = start();
    const { reply, answer } = later();
    transport.reply(reply);
    track();
    track();
    const report = client.flush();
    await clock.advance(0);
    engine.drop("no_consent");
    answer(status);
    await clock.advance(0);
    expect(client.totals).toMatchObject({ pending: 0, dropped: { no_consent: 2 } });
    expect(balance()).toBe(0);
    await report;
    await clock.advance(600_000);
    expect(numbers().filter((number) => number && status !== 202)).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it("are counted once when shutdown() has handed them over", async () => {
    const onUndelivered = vi.fn();
    const { track, clock, client, transport, balance } = start({ onUndelivered });
    const { reply, answer } = later();
    transport.reply(reply);
    track();
    const report = client.shutdown({ timeoutMs: 1_000 });
    await clock.advance(1_000);
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(onUndelivered).toHaveBeenCalledTimes(1);
    answer(202);
    await clock.advance(0);
    expect(client.totals).toMatchObject({ delivered: 0, dropped: { undelivered: 1 } });
    expect(balance()).toBe(0);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("full"))],
    ["never settles", () => new Promise(() => {})],
  ])("do not keep shutdown() from its end when what takes them %s", async (_, onUndelivered) => {
    const { track, clock, client, transport } = start({ onUndelivered });
    transport.fallback(503);
    track();
    const report = client.shutdown({ timeoutMs: 1_000 });
    await clock.advance(2_000);
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(clock.timers).toBe(0);
  });

  it.each([403, 503])("harm nobody when their token is answered with %d", async (status) => {
    const { track, clock, engine, transport, client } = start();
    const { reply, answer } = later();
    transport.replySession(reply);
    track();
    await clock.advance(0);
    engine.drop("no_consent");
    // A rejection that nobody handles fails the test.
    answer(status);
    await clock.advance(0);
    track();
    await clock.advance(60_000);
    expect(client.totals).toMatchObject({ delivered: 1, pending: 0 });
  });
});

describe("flush()", () => {
  it("settles in one cycle of tries, whatever is delivered meanwhile", async () => {
    const { track, clock, client, transport } = start();
    transport.fallback(({ body }) => (body.includes('"number":1}') ? response(500) : response(202)));
    track();
    await clock.advance(5_000);
    let report: unknown;
    void client.flush().then((settled) => {
      report = settled;
    });
    for (let second = 0; second < 120; second++) {
      for (let count = 0; count < 20; count++) track();
      await clock.advance(1_000);
    }
    expect(report).toEqual({ delivered: 0, refused: 0, pending: 1 });
  });

  it("counts the refusals of its own events only", async () => {
    const { track, clock, client, transport } = start();
    const { reply, answer } = later();
    transport.reply(reply, response(503));
    track();
    const first = client.flush();
    await clock.advance(0);
    track({ userId: "grace" });
    transport.fallback(({ body }) => (body.includes("grace") ? response(400) : response(202)));
    answer(503);
    await clock.advance(60_000);
    expect(await first).toEqual({ delivered: 1, refused: 0, pending: 0 });
  });
});

describe("what is said of lost events", () => {
  it("leaves out those that were dropped on purpose", () => {
    const beforeSend = ({ eventType, ...rest }: TrackInput) =>
      eventType === "secret" ? null : { eventType, ...rest };
    const { track, errors } = start({ maxQueueSize: 1, beforeSend });
    for (let count = 0; count < 5; count++) track({ eventType: "secret" });
    track();
    track();
    expect(errors).toEqual([expect.objectContaining({ code: "queue_full", events: 1 })]);
  });
});
