import { describe, expect, it } from "vitest";
import { InvalidEventError, type TrackInput } from "../src/index";
import { event, startClient } from "./support/start-client";

const payloadSent = async (payload: Record<string, unknown>) => {
  const { client, transport, ledger, errors } = startClient();
  client.track({ userId: "ada", eventType: "order_placed", payload });
  await client.flush();
  expect(errors).toEqual([]);
  return {
    payload: transport.received[0]?.payload,
    replaced: ledger.notices.flatMap((notice) => (notice.type === "repaired" ? notice.replaced : [])),
  };
};

describe("an event travels as the contract says", () => {
  it("is sent with the time of the call and an empty payload when none is given", async () => {
    const { client, transport } = startClient();
    client.track({ userId: "ada", eventType: "signed_up" });
    await client.flush();
    expect(transport.requests[0]).toMatchObject({
      url: "https://api.segops.test/api/ingestion/track/batch/",
      headers: { authorization: "ApiKey sk_test_key", "content-type": "application/json" },
      body: '{"events":[{"user_id":"ada","event_type":"signed_up","occurred_at":"2026-01-01T00:00:00.000Z","payload":{}}]}',
    });
  });

  it("keeps the time it happened, as a Date or as ISO 8601 text", async () => {
    const { client, transport } = startClient();
    client.track({ ...event(1), occurredAt: new Date(Date.UTC(2020, 1, 29)) });
    client.track({ ...event(2), occurredAt: "2020-02-29T12:00:00+01:00" });
    await client.flush();
    expect(transport.received.map((sent) => sent.occurred_at)).toEqual([
      "2020-02-29T00:00:00.000Z",
      "2020-02-29T12:00:00+01:00",
    ]);
  });

  it("is an identify with the traits as its payload", async () => {
    const { client, transport } = startClient();
    client.identify({ userId: "ada", traits: { plan: "pro" } });
    await client.flush();
    expect(transport.received[0]).toMatchObject({
      event_type: "context_identified",
      payload: { plan: "pro" },
    });
  });

  it("carries an event_id that is a UUIDv7 when eventIds is on", async () => {
    const { client, transport } = startClient({ eventIds: true });
    client.track(event(1));
    client.track(event(2));
    await client.flush();
    const ids = transport.received.map((sent) => sent.event_id);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(2);
  });

  it("is copied: what the host changes afterwards changes nothing", async () => {
    const { client, transport } = startClient();
    const payload = { items: ["book"] };
    client.track({ ...event(1), payload });
    payload.items.push("pen");
    await client.flush();
    expect(transport.received[0]?.payload).toEqual({ items: ["book"] });
  });
});

describe("a payload that JSON cannot hold is delivered all the same, and a notice says what was replaced", () => {
  const cyclic: Record<string, unknown> = { name: "loop" };
  cyclic.self = cyclic;
  const throwing = {
    ok: 1,
    get bad() {
      throw new Error("no");
    },
  };

  it.each<[string, Record<string, unknown>, unknown, string[]]>([
    ["a cycle", { a: cyclic }, { a: { name: "loop", self: "[Circular]" } }, ["payload.a.self: [Circular]"]],
    ["a BigInt", { id: 12345678901234567890n }, { id: "12345678901234567890" }, ["payload.id: [BigInt]"]],
    ["a throwing getter", throwing, { ok: 1, bad: "[Throws]" }, ["payload.bad: [Throws]"]],
    ["NaN", { total: Number.NaN }, { total: "[NaN]" }, ["payload.total: [NaN]"]],
    ["Infinity", { n: [1, -Infinity] }, { n: [1, "[-Infinity]"] }, ["payload.n[1]: [-Infinity]"]],
    ["a function", { f: () => 1 }, { f: "[Function]" }, ["payload.f: [Function]"]],
    ["a symbol", { s: Symbol("tag") }, { s: "[Symbol(tag)]" }, ["payload.s: [Symbol(tag)]"]],
    [
      "an invalid Date",
      { at: new Date(Number.NaN) },
      { at: "[Invalid Date]" },
      ["payload.at: [Invalid Date]"],
    ],
    [
      "a toJSON that throws",
      {
        value: {
          toJSON() {
            throw new Error("no");
          },
        },
      },
      { value: "[Throws]" },
      ["payload.value: [Throws]"],
    ],
    [
      "a proxy that throws",
      {
        value: new Proxy(
          {},
          {
            ownKeys() {
              throw new Error("no");
            },
          },
        ),
      },
      { value: "[Throws]" },
      ["payload.value: [Throws]"],
    ],
  ])("%s", async (_, payload, sent, replaced) => {
    expect(await payloadSent(payload)).toEqual({ payload: sent, replaced });
  });

  it("nesting without end", async () => {
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 50_000; level++) deep = { deep };
    expect((await payloadSent(deep)).replaced).toEqual([expect.stringMatching(/: \[Too deep\]$/)]);
  });

  it("an object that turns itself into something else is an object on the wire all the same", async () => {
    const noon = new Date(Date.UTC(2026, 0, 1, 12));
    const payloads = [noon, Object("two"), { toJSON: () => [1, 2] }];
    expect(await Promise.all(payloads.map(async (payload) => (await payloadSent(payload)).payload))).toEqual([
      { value: "2026-01-01T12:00:00.000Z" },
      { 0: "t", 1: "w", 2: "o" },
      { value: [1, 2] },
    ]);
  });

  it("leaves alone what JSON holds: dates, toJSON, undefined, null, nesting, __proto__ as a key", async () => {
    const payload = {
      at: new Date(Date.UTC(2026, 0, 1)),
      money: { toJSON: () => "42 EUR" },
      gone: undefined,
      nothing: null,
      deep: [[{ a: [true, "ü", 0.5] }]],
      shared: [cyclic.name, cyclic.name],
      odd: JSON.parse('{"__proto__": 1}'),
    };
    expect(await payloadSent(payload)).toEqual({
      payload: JSON.parse(JSON.stringify(payload)),
      replaced: [],
    });
  });
});

describe("hostile input", () => {
  it("cannot change between the look at it and the writing of it", async () => {
    const { client, transport } = startClient();
    let reads = 0;
    client.track({
      eventType: "a",
      get userId() {
        reads++;
        return reads === 1 ? "ada" : (undefined as never);
      },
    });
    await client.flush();
    expect(transport.received).toMatchObject([{ user_id: "ada" }]);
  });

  it("that changes between the two reads of its payload leaves its neighbours unharmed", async () => {
    const { client, transport } = startClient();
    let reads = 0;
    const payload = {
      get value() {
        reads++;
        return reads === 1 ? 1 : 1n;
      },
    };
    client.track(event(1));
    client.track({ ...event(2), payload });
    client.track(event(3));
    await client.flush();
    expect(transport.received).toHaveLength(3);
  });
});

describe("a call that cannot be an event is refused with its reason, and harms nothing else", () => {
  it.each<[string, unknown, string, RegExp]>([
    ["no user id", { eventType: "a" }, "userId", /non-empty string, but is undefined/],
    ["an empty user id", { userId: "", eventType: "a" }, "userId", /but is an empty string/],
    ["NaN as user id", { userId: Number.NaN, eventType: "a" }, "userId", /of type number/],
    ["no event type", { userId: "u" }, "eventType", /but is undefined/],
    ["an event type that is an object", { userId: "u", eventType: {} }, "eventType", /of type object/],
    ["a payload that is text", { userId: "u", eventType: "a", payload: "x" }, "payload", /of type string/],
    ["a payload that is an array", { userId: "u", eventType: "a", payload: [] }, "payload", /an array/],
    ["a payload that is null", { userId: "u", eventType: "a", payload: null }, "payload", /null/],
    ["an unreadable time", { userId: "u", eventType: "a", occurredAt: "soon" }, "occurredAt", /"soon"/],
    ["30 February", { userId: "u", eventType: "a", occurredAt: "2026-02-30" }, "occurredAt", /2026-02-30/],
    [
      "an invalid Date",
      { userId: "u", eventType: "a", occurredAt: new Date("x") },
      "occurredAt",
      /valid Date/,
    ],
    ["a number as time", { userId: "u", eventType: "a", occurredAt: 1 }, "occurredAt", /of type number/],
    ["no object at all", undefined, "event", /undefined/],
    ["text of 10 MB", { userId: "u", eventType: "a", payload: { x: "x".repeat(1e7) } }, "payload", /bytes/],
  ])("%s", async (_, input, field, message) => {
    const { client, transport, errors, ledger } = startClient();
    client.track(event(1));
    client.track(input as TrackInput);
    client.track(event(2));
    await client.flush();
    expect(transport.received).toHaveLength(2);
    expect(errors).toEqual([
      expect.objectContaining({ name: "InvalidEventError", field, message: expect.stringMatching(message) }),
    ]);
    expect(ledger.notices.filter(({ type }) => type === "invalid")).toHaveLength(1);
  });

  it("throws the reason with strict", () => {
    const { client, errors } = startClient({ strict: true });
    expect(() => client.track({ userId: "", eventType: "a" })).toThrow(InvalidEventError);
    expect(() => client.identify({ userId: "" })).toThrow(/userId/);
    expect(errors).toEqual([]);
  });

  it("says what is wrong with an identify that is given nothing", () => {
    const { client, errors } = startClient();
    client.identify(undefined as never);
    client.identify({ userId: "ada", traits: "pro" as never });
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^event must be an object/),
      expect.stringMatching(/^traits must be an object/),
    ]);
  });
});

describe("beforeSend sees every event", () => {
  it("changes it", async () => {
    const { client, transport } = startClient({
      beforeSend: (sent) => ({ ...sent, userId: "hidden", payload: { kind: sent.eventType } }),
    });
    client.track(event(1));
    client.identify({ userId: "ada", traits: { plan: "pro" } });
    await client.flush();
    expect(transport.received).toMatchObject([
      { user_id: "hidden", payload: { kind: "page_viewed" } },
      { user_id: "hidden", payload: { kind: "context_identified" } },
    ]);
  });

  it("drops it by returning null, which is counted", async () => {
    const { client, transport } = startClient({ beforeSend: () => null });
    client.track(event(1));
    await client.flush();
    expect(transport.requests).toEqual([]);
    expect(client.totals.dropped).toEqual({ before_send: 1 });
  });

  it("keeps the event back when it throws, and says so: the raw event never goes out", async () => {
    const { client, transport, errors } = startClient({
      beforeSend: () => {
        throw new Error("bug in the hook");
      },
    });
    client.track(event(1));
    await client.flush();
    expect(transport.requests).toEqual([]);
    expect(client.totals.dropped).toEqual({ before_send_failed: 1 });
    expect(errors).toMatchObject([
      { code: "before_send_failed", message: expect.stringContaining("bug in the hook") },
    ]);
  });

  it("cannot change what belongs to the host", async () => {
    const payload = { card: "4111", nested: { list: [1] } };
    const { client } = startClient({
      beforeSend: (sent) => {
        (sent.payload as typeof payload).nested.list.push(2);
        return sent;
      },
    });
    client.track({ ...event(1), payload });
    expect(payload.nested.list).toEqual([1]);
  });

  it("is held to the rules of an event", () => {
    const { client, errors } = startClient({ beforeSend: (sent) => ({ ...sent, userId: "" }) });
    client.track(event(1));
    expect(errors).toMatchObject([{ code: "invalid_event", field: "userId" }]);
  });
});
