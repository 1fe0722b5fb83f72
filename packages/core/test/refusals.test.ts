import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../src/index";
import { response, settlePromises } from "../src/testing/index";
import { numbersOf, startClient, upTo } from "./support/start-client";

const refusing =
  (status: number, ...numbers: number[]) =>
  ({ body }: HttpRequest) =>
    numbers.some((number) => body.includes(`"number":${number}}`))
      ? response(status, { detail: "bad event" })
      : response(202);

describe("one event that the server refuses takes no other with it", () => {
  it.each([1, 250, 499, 500])("finds the bad one of 500 by halving, wherever it stands: %i", async (bad) => {
    const { trackMany, client, transport, errors, ledger } = startClient();
    transport.fallback(refusing(400, bad));
    trackMany(500);
    expect(await client.flush()).toEqual({ delivered: 499, refused: 1, pending: 0 });
    expect([...numbersOf(transport.received)].sort((a, b) => a - b)).toEqual(
      upTo(500).filter((n) => n !== bad),
    );
    expect(transport.requests.length).toBeLessThanOrEqual(2 * 9 + 1);
    expect(errors).toMatchObject([{ code: "rejected", status: 400, events: 1, message: /bad event/ }]);
    expect(ledger.notices.filter(({ type }) => type === "refused")).toMatchObject([
      { reason: "rejected", events: [expect.stringContaining(`"number":${bad}}`)] },
    ]);
  });

  it("several bad ones", async () => {
    const { trackMany, client, transport } = startClient();
    transport.fallback(refusing(400, 3, 4, 77));
    trackMany(100);
    expect(await client.flush()).toEqual({ delivered: 97, refused: 3, pending: 0 });
  });

  it("gives the halves keys of their own: they are other requests", async () => {
    const { trackMany, client, transport } = startClient();
    transport.reply(400);
    trackMany(10);
    await client.flush();
    expect(new Set(transport.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(3);
  });

  it("counts events that the server skipped as refused", async () => {
    const { trackMany, client, transport, errors } = startClient();
    transport.reply(response(202, { queued: 8, skipped: 2 }));
    trackMany(10);
    expect(await client.flush()).toEqual({ delivered: 8, refused: 2, pending: 0 });
    expect(errors).toMatchObject([{ code: "rejected", events: 2 }]);
  });

  it.each([{ skipped: 1e9 }, { skipped: -3 }, { skipped: "2" }, null, "OK"])(
    "is not misled by an odd receipt: %j",
    async (receipt) => {
      const { trackMany, client, transport } = startClient();
      transport.reply(response(202, receipt));
      trackMany(10);
      const { pending } = await client.flush();
      expect(pending).toBe(0);
    },
  );
});

describe("a body that is too large is split until it fits", () => {
  const limit =
    (bytes: number) =>
    ({ body }: HttpRequest) =>
      body.length > bytes ? response(413) : response(202);

  it("and later batches are sealed to fit, most of the time", async () => {
    const { trackMany, client, transport } = startClient();
    transport.fallback(limit(16_000));
    trackMany(500);
    expect(await client.flush()).toEqual({ delivered: 500, refused: 0, pending: 0 });
    const before = transport.requests.length;
    trackMany(500);
    expect(await client.flush()).toEqual({ delivered: 500, refused: 0, pending: 0 });
    const later = transport.requests.slice(before);
    const fitting = later.filter(({ body }) => body.length <= 16_000);
    expect(fitting.length).toBeGreaterThan(later.length / 2);
  });

  it("and one chance refusal does not keep batches small for ever", async () => {
    const { trackMany, client, transport } = startClient();
    transport.reply(413);
    trackMany(500);
    await client.flush();
    for (let round = 0; round < 80; round++) {
      trackMany(500);
      await client.flush();
    }
    expect(transport.requests.at(-1)?.events).toHaveLength(500);
  });

  it("a single event that is too large is refused alone", async () => {
    const { trackMany, client, transport, errors } = startClient();
    transport.fallback(limit(2_000));
    trackMany(5);
    client.track({ userId: "ada", eventType: "essay", payload: { text: "x".repeat(3_000) } });
    trackMany(5);
    expect(await client.flush()).toEqual({ delivered: 10, refused: 1, pending: 0 });
    expect(errors).toMatchObject([{ code: "too_large", status: 413 }]);
  });
});

describe("a wrong key or address is reported at once and is no fault of the events", () => {
  it.each([
    [401, "unauthorized", /Check apiKey/],
    [403, "forbidden", /Check what the key may do/],
    [404, "not_found", /Check apiUrl/],
    [301, "unexpected_answer", /Check apiUrl/],
    [422, "unexpected_answer", /Check apiUrl/],
  ])("%i: the events are kept, and delivered when it is put right", async (status, code, advice) => {
    const { trackMany, client, clock, transport, errors } = startClient();
    transport.fallback(response(status, { detail: "no" }));
    trackMany(20);
    await settlePromises();
    expect(errors).toMatchObject([{ code, status, events: 20, message: advice }]);
    await clock.advance(29_999);
    expect(transport.requests).toHaveLength(1);
    transport.fallback(202);
    await clock.advance(1);
    expect(client.totals.delivered).toBe(20);
  });

  it("the pause grows to five minutes", async () => {
    const { trackMany, clock, transport } = startClient();
    transport.fallback(403);
    trackMany(20);
    await clock.advance(3_600_000);
    expect(transport.requests.length).toBeLessThan(18);
  });

  it("a flush does not wait for it", async () => {
    const { trackMany, client, transport } = startClient();
    transport.fallback(401);
    trackMany(20);
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 20 });
  });

  it("the server's sentence fits into ours", async () => {
    const { trackMany, client, transport, errors } = startClient();
    transport.fallback(response(403, { detail: "Not on your plan." }));
    trackMany(1);
    await client.flush();
    expect(errors[0]?.message).toContain("403 Not on your plan. They are kept");
  });

  it("no message holds the key, even if the server repeats it", async () => {
    const { trackMany, client, transport, errors } = startClient({ apiKey: "sk_live_hunter2" });
    transport.fallback(response(401, { detail: "unknown key sk_live_hunter2" }));
    trackMany(1);
    await client.flush();
    expect(errors[0]?.message).toContain("[secret]");
    expect(JSON.stringify(errors) + errors.map((error) => error.stack)).not.toContain("hunter2");
  });
});
