import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import {
  type Catalogue,
  type ClientOptions,
  ConfigurationError,
  createClient,
  defineEvents,
  InvalidEventError,
  type PayloadSchema,
} from "../src/index";
import { createTestRuntime } from "../src/testing/index";
import { startClient } from "./support/start-client";

const libraries: [string, PayloadSchema][] = [
  ["zod", z.object({ total: z.number().min(1), items: z.array(z.object({ sku: z.string() })).optional() })],
  [
    "valibot",
    v.object({
      total: v.pipe(v.number(), v.minValue(1)),
      items: v.optional(v.array(v.object({ sku: v.string() }))),
    }),
  ],
  ["arktype", type({ total: "number >= 1", "items?": type({ sku: "string" }).array() })],
];

const errorOf = (work: () => unknown): InvalidEventError => {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidEventError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

const schemaThat = (validate: PayloadSchema["~standard"]["validate"]): PayloadSchema => ({
  "~standard": { version: 1, vendor: "test", validate },
});

/** What becomes of one event in a client that has this catalogue. */
const trackWith = async (events: Catalogue, eventType: string, payload?: Record<string, unknown>) => {
  const { client, transport, errors, ledger } = startClient({ events });
  client.track({ userId: "ada", eventType, payload });
  await client.flush();
  return { sent: transport.received, errors, notices: ledger.notices };
};

describe.each(libraries)("with schemas of %s", (_, order_placed) => {
  const events = defineEvents({ order_placed });

  it("an event that matches is sent", async () => {
    const { sent, errors } = await trackWith(events, "order_placed", { total: 42, items: [{ sku: "a-1" }] });
    expect(errors).toEqual([]);
    expect(sent).toMatchObject([
      { event_type: "order_placed", payload: { total: 42, items: [{ sku: "a-1" }] } },
    ]);
  });

  it("a wrong value is refused, with the place and what is expected there", async () => {
    const { sent, errors, notices } = await trackWith(events, "order_placed", {
      total: 42,
      items: [{ sku: "a-1" }, { sku: 7 }],
    });
    expect(sent).toEqual([]);
    expect(errors).toMatchObject([{ name: "InvalidEventError", code: "invalid_event", field: "payload" }]);
    expect(errors[0]?.message).toMatch(
      /^payload of order_placed does not match its schema: payload\.items\[1\]\.sku: .*string.*, but is of type number$/,
    );
    expect(notices).toEqual([{ type: "invalid", error: errors[0] }]);
  });

  it("a missing value is refused", () => {
    const error = errorOf(() => events.check("order_placed", undefined));
    expect(error.message).toMatch(/payload\.total: .*, but is missing/);
    expect(error.issues).toMatchObject([{ path: "payload.total" }]);
  });

  it("a value out of bounds is refused", () => {
    expect(errorOf(() => events.check("order_placed", { total: 0 })).message).toMatch(/payload\.total: .*1/);
  });

  it("no message or issue repeats what was given", () => {
    const error = errorOf(() => events.check("order_placed", { total: "ada@example.com", items: "hunter2" }));
    expect(JSON.stringify([error, error.message])).not.toMatch(/ada@example|hunter2/);
  });
});

describe("a name that is not in the catalogue", () => {
  const events = defineEvents({ order_placed: z.object({}), cart_viewed: z.object({}) });

  it("is refused, with the names there are", async () => {
    const { sent, errors } = await trackWith(events, "order_plced");
    expect(sent).toEqual([]);
    expect(errors).toMatchObject([{ code: "invalid_event", field: "eventType" }]);
    expect(errors[0]?.message).toBe(
      'eventType is "order_plced", which is not in the catalogue. Add it to defineEvents(), or use one of: order_placed, cart_viewed',
    );
  });

  it.each(["constructor", "__proto__", "toString"])("is refused when every object has it: %s", (name) => {
    expect(errorOf(() => events.check(name, {})).field).toBe("eventType");
  });

  it.each([undefined, null, 7, {}])("is refused when it is no name: %j", (name) => {
    expect(errorOf(() => events.check(name as never, {})).field).toBe("eventType");
  });

  it.each(["page_viewed", "ai_referral_session"])(
    "is sent when the client says it by itself: %s",
    async (name) => {
      const { sent, errors } = await trackWith(events, name, { path: "/" });
      expect(errors).toEqual([]);
      expect(sent).toMatchObject([{ event_type: name, payload: { path: "/" } }]);
    },
  );

  it("is checked all the same when the catalogue names a built-in event", () => {
    const own = defineEvents({ page_viewed: z.object({ path: z.string() }) });
    expect(errorOf(() => own.check("page_viewed", {})).message).toMatch(/payload\.path/);
  });
});

describe("what the schema gives back is what is sent", () => {
  const events = defineEvents({
    order_placed: z.object({
      currency: z.string().default("EUR"),
      email: z.string().trim().toLowerCase().optional(),
    }),
  });

  it("with its defaults, its transformations, and without undeclared properties", async () => {
    const { sent } = await trackWith(events, "order_placed", { email: " Ada@Example.com ", password: "x" });
    expect(sent[0]?.payload).toEqual({ currency: "EUR", email: "ada@example.com" });
  });

  it("for an event without payload too", async () => {
    const { sent } = await trackWith(events, "order_placed");
    expect(sent[0]?.payload).toEqual({ currency: "EUR" });
  });

  it("and what the host gave stays as it is", async () => {
    const payload = { email: " A@b.c " };
    await trackWith(events, "order_placed", payload);
    expect(payload).toEqual({ email: " A@b.c " });
  });

  it("an output that is no object is refused", async () => {
    const odd = defineEvents({ order_placed: z.object({}).transform(() => 7 as unknown as object) });
    const { sent, errors } = await trackWith(odd, "order_placed");
    expect(sent).toEqual([]);
    expect(errors).toMatchObject([{ code: "invalid_event", field: "payload" }]);
  });
});

describe("traits", () => {
  it("are checked as identify() gives them", async () => {
    const events = defineEvents({}, { traits: z.object({ plan: z.enum(["free", "pro"]) }) });
    const { client, transport, errors } = startClient({ events });
    client.identify({ userId: "ada", traits: { plan: "pro" } });
    client.identify({ userId: "ada", traits: { plan: "gold" } });
    await client.flush();
    expect(transport.received).toMatchObject([
      { event_type: "context_identified", payload: { plan: "pro" } },
    ]);
    expect(errors).toMatchObject([{ code: "invalid_event", field: "traits" }]);
    expect(errors[0]?.message).toMatch(
      /^traits of context_identified does not match its schema: traits\.plan/,
    );
  });

  it("may be any where the catalogue says nothing of them", async () => {
    const { client, transport } = startClient({ events: defineEvents({}) });
    client.identify({ userId: "ada", traits: { plan: "gold" } });
    await client.flush();
    expect(transport.received).toMatchObject([{ payload: { plan: "gold" } }]);
  });
});

describe("an invalid event is treated as any other invalid event", () => {
  const events = defineEvents({ order_placed: z.object({ total: z.number() }) });

  it("with strict it is thrown at the caller", () => {
    const { client } = startClient({ events, strict: true });
    expect(() => client.track({ userId: "ada", eventType: "order_placed" })).toThrow(InvalidEventError);
  });

  it("beforeSend does not see it", async () => {
    const seen: unknown[] = [];
    const { client } = startClient({
      events,
      beforeSend: (event) => {
        seen.push(event);
        return event;
      },
    });
    client.track({ userId: "ada", eventType: "order_placed", payload: { total: "42" } });
    expect(seen).toEqual([]);
  });

  it.each<[unknown, RegExp]>([
    [undefined, /^event must be an object/],
    [null, /^event must be an object/],
    ["order_placed", /^eventType is undefined, which is not in the catalogue/],
    [7, /^eventType is undefined, which is not in the catalogue/],
  ])("so is what is no event at all: %j", (input, message) => {
    const { client, errors } = startClient({ events });
    client.track(input as never);
    expect(errors).toMatchObject([{ code: "invalid_event", message: expect.stringMatching(message) }]);
  });

  it("a catalogue made by another copy of this package is understood", async () => {
    vi.resetModules();
    const copy = await import("../src/index");
    expect(copy.InvalidEventError).not.toBe(InvalidEventError);
    const { sent, errors, notices } = await trackWith(
      copy.defineEvents({ order_placed: z.object({ total: z.number() }) }),
      "order_placed",
    );
    expect(sent).toEqual([]);
    expect(errors).toMatchObject([{ name: "InvalidEventError", code: "invalid_event", field: "payload" }]);
    expect(notices).toEqual([{ type: "invalid", error: errors[0] }]);
  });

  it("what beforeSend returns is not checked again", async () => {
    const { client, transport } = startClient({
      events: defineEvents({ order_placed: z.object({ total: z.string().transform(Number) }) }),
      beforeSend: (event) => event,
    });
    client.track({ userId: "ada", eventType: "order_placed", payload: { total: "42" } });
    await client.flush();
    expect(transport.received).toMatchObject([{ payload: { total: 42 } }]);
  });
});

describe("a schema that cannot be used", () => {
  it("is asynchronous: every event is refused", async () => {
    const events = defineEvents({ order_placed: z.object({}).refine(async () => true) });
    const { sent, errors } = await trackWith(events, "order_placed");
    expect(sent).toEqual([]);
    expect(errors[0]?.message).toBe(
      "payload of order_placed cannot be checked: its schema answers with a promise, and track() does not wait. Use a schema without asynchronous parts, whose transforms do not throw",
    );
  });

  it("is asynchronous and fails: the rejection does not end the process", async () => {
    const events = defineEvents({
      order_placed: schemaThat(() => Promise.reject(new Error("the database is away"))),
    });
    const { errors } = await trackWith(events, "order_placed");
    expect(errors[0]?.message).toMatch(/answers with a promise/);
  });

  it("throws: the event is refused, without repeating what it threw", async () => {
    const events = defineEvents({
      order_placed: schemaThat(() => {
        throw new RangeError("bad ada@example.com");
      }),
    });
    const { errors } = await trackWith(events, "order_placed", { email: "ada@example.com" });
    expect(errors[0]?.message).toBe(
      "payload of order_placed could not be checked: its schema threw RangeError",
    );
  });

  it("says in its own words what was given: those words are left out", () => {
    const events = defineEvents({
      order_placed: z.object({
        email: z.string().refine(() => false, { error: (issue) => `${issue.input} is taken` }),
        name: z.string().refine(() => false, { error: "must be free" }),
      }),
    });
    const { issues } = errorOf(() => events.check("order_placed", { email: "ada@b.c", name: "ada" }));
    expect(issues?.map(({ message }) => message)).toEqual([
      "not as expected, but is of type string",
      "must be free, but is of type string",
    ]);
  });

  it("finds fault with a payload that cannot be read", () => {
    const hostile = {
      get total() {
        throw new Error("no");
      },
    };
    const schema = schemaThat(() => ({ issues: [{ message: "wrong", path: [{ key: "total" }] }] }));
    const error = errorOf(() => defineEvents({ order_placed: schema }).check("order_placed", hostile));
    expect(error.issues).toEqual([{ path: "payload.total", message: "cannot be read" }]);
  });

  it.each<[string, unknown]>([
    ["a plain object", { total: "number" }],
    ["nothing", undefined],
    ["null", null],
    ["a function", () => true],
  ])("is none: %s", (_, schema) => {
    expect(() => defineEvents({ order_placed: schema as PayloadSchema })).toThrow(
      /^events\.order_placed must be a schema that speaks Standard Schema/,
    );
    expect(() => defineEvents({}, { traits: (schema ?? {}) as PayloadSchema })).toThrow(ConfigurationError);
  });

  it("is given for context_identified: it belongs to the traits", () => {
    expect(() => defineEvents({ context_identified: z.object({}) })).toThrow(/traits/);
  });
});

it("schemas that were not wrapped in defineEvents() are refused by the client", () => {
  const options = { apiUrl: "https://api.segops.test", apiKey: "sk_test_key", events: {} };
  expect(() => createClient(options as unknown as ClientOptions, createTestRuntime())).toThrow(
    "events must come from defineEvents()",
  );
});

it("a message lists three issues and counts the others", () => {
  const events = defineEvents({
    order_placed: z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string(), e: z.string() }),
  });
  const error = errorOf(() => events.check("order_placed", {}));
  expect(error.message).toMatch(/payload\.c: expected string, but is missing; and 2 more$/);
  expect(error.issues).toHaveLength(5);
});
