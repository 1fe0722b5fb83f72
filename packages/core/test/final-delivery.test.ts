import { describe, expect, it } from "vitest";
import {
  beginFinalDelivery,
  type ClientOptions,
  createEngine,
  type HttpOutcome,
  type SegOpsError,
  type TrackInput,
} from "../src/index";
import { createTestRuntime, noConnection, response, settlePromises } from "../src/testing/index";
import { event } from "./support/start-client";

const startEngine = (options: Partial<ClientOptions> = {}) => {
  const runtime = createTestRuntime();
  const engine = createEngine(
    { apiUrl: "https://api.segops.test", apiKey: "sk_test_key", onError: () => {}, ...options },
    runtime,
  );
  return { engine, client: engine.client, runtime };
};

/** Plays a host that blocks until nothing is left to send. */
const deliverAll = (
  engine: ReturnType<typeof startEngine>["engine"],
  answer: (body: string) => HttpOutcome,
) => {
  const delivery = beginFinalDelivery(engine);
  const bodies: string[] = [];
  const delays: number[] = [];
  for (let round = 0; round < 20; round++) {
    const requests = delivery.next(4, 1_000);
    if (requests.length === 0) break;
    for (const request of requests) {
      bodies.push(request.body);
      delivery.conclude(request, answer(request.body));
    }
    delays.push(delivery.delayMs);
  }
  delivery.end();
  return { bodies, delays };
};

describe("a host that is ending delivers without promises or timers", () => {
  it("what is queued, what is under way and what came back, oldest first", async () => {
    const { engine, client, runtime } = startEngine();
    runtime.transport.reply("hang", 503);
    for (let i = 1; i <= 20; i++) client.track(event(i));
    await settlePromises();
    for (let i = 21; i <= 40; i++) client.track(event(i));
    const { bodies } = deliverAll(engine, () => response(202));
    expect(bodies.map((body) => JSON.parse(body).events[0].payload.number)).toEqual([1, 21]);
    expect(client.totals).toMatchObject({ delivered: 40, pending: 0 });
  });

  it("splits what is refused, down to the one bad event", () => {
    const { engine, client } = startEngine();
    for (let i = 1; i <= 8; i++) client.track(event(i));
    deliverAll(engine, (body) => response(body.includes('"number":5}') ? 400 : 202));
    expect(client.totals).toMatchObject({ delivered: 7, refused: 1, pending: 0 });
  });

  it("says how long to leave the server alone", () => {
    const { engine, client } = startEngine();
    client.track(event(1));
    const answers = [noConnection, noConnection, response(429, {}, "3"), response(202)];
    const { delays } = deliverAll(engine, () => answers.shift() ?? noConnection);
    expect(delays).toEqual([500, 1_000, 3_000, 0]);
    expect(client.totals).toMatchObject({ delivered: 1 });
  });

  it("goes on waiting for a Retry-After that runs", async () => {
    const { engine, client, runtime } = startEngine();
    runtime.transport.reply(response(429, {}, "5"));
    client.track(event(1));
    void client.flush();
    await runtime.clock.advance(1_000);
    expect(beginFinalDelivery(engine).delayMs).toBe(4_000);
  });

  it("hands over what is left, and takes nothing more", () => {
    const handedOver: TrackInput[] = [];
    const errors: SegOpsError[] = [];
    const { engine, client, runtime } = startEngine({
      onUndelivered: (events) => handedOver.push(...events),
      onError: (error) => errors.push(error),
    });
    client.track(event(1));
    deliverAll(engine, () => response(403));
    client.track(event(2));
    expect(handedOver).toMatchObject([event(1)]);
    // No timer runs any more that could say so later.
    expect(errors.map(({ code }) => code)).toEqual(["forbidden", "closed"]);
    expect(client.totals).toMatchObject({ pending: 0, dropped: { undelivered: 1, closed: 1 } });
    expect(runtime.lifecycleListeners).toBe(0);
  });
});
