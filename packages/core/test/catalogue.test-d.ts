import { type } from "arktype";
import * as v from "valibot";
import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import {
  type Client,
  createClient,
  defineEvents,
  type EventName,
  type IdentifyInput,
  type Payload,
  type PayloadOf,
  type SentPayloadOf,
  type SentTraitsOf,
  type TrackInput,
  type TraitsOf,
  type TypedIdentifyInput,
  type TypedTrackInput,
} from "../src/index";
import { createTestRuntime } from "../src/testing/index";

const order = z.object({ total: z.number(), currency: z.enum(["EUR", "USD"]).default("EUR") });
const events = defineEvents(
  {
    order_placed: order,
    signed_up: z.object({}),
    cart_viewed: v.object({ items: v.optional(v.number()) }),
    searched: type({ query: "string", "page?": "number" }),
  },
  { traits: z.object({ plan: z.enum(["free", "pro"]) }) },
);
type Events = typeof events;

const options = { apiUrl: "https://api.segops.test", apiKey: "sk_test_key" };
const client = createClient({ ...options, events }, createTestRuntime());
const who = { userId: "ada" };

describe("the types that follow from a catalogue", () => {
  it("are the same with every library", () => {
    expectTypeOf<EventName<Events>>().toEqualTypeOf<
      "order_placed" | "signed_up" | "cart_viewed" | "searched"
    >();
    expectTypeOf<PayloadOf<Events, "order_placed">>().toEqualTypeOf<{
      total: number;
      currency?: "EUR" | "USD" | undefined;
    }>();
    expectTypeOf<PayloadOf<Events, "cart_viewed">>().toEqualTypeOf<{ items?: number | undefined }>();
    expectTypeOf<PayloadOf<Events, "searched">>().toEqualTypeOf<{ query: string; page?: number }>();
    expectTypeOf<TraitsOf<Events>>().toEqualTypeOf<{ plan: "free" | "pro" }>();
  });

  it("tell what is given from what is sent", () => {
    expectTypeOf<SentPayloadOf<Events, "order_placed">>().toEqualTypeOf<{
      total: number;
      currency: "EUR" | "USD";
    }>();
    expectTypeOf<SentTraitsOf<Events>>().toEqualTypeOf<{ plan: "free" | "pro" }>();
  });
});

it("a schema that does not say what it takes, takes any payload", () => {
  const vague = defineEvents({ order_placed: z.any() });
  expectTypeOf<PayloadOf<typeof vague, "order_placed">>().toEqualTypeOf<Payload>();
});

describe("a client with a catalogue", () => {
  it("is inferred from its options", () => {
    expectTypeOf(client).toEqualTypeOf<Client<Events>>();
    expectTypeOf(client.track).parameter(0).toEqualTypeOf<TypedTrackInput<Events>>();
    expectTypeOf(client.identify).parameter(0).toEqualTypeOf<TypedIdentifyInput<Events>>();
  });

  it("takes the events of the catalogue", () => {
    client.track({ ...who, eventType: "order_placed", payload: { total: 42 } });
    client.track({ ...who, eventType: "searched", payload: { query: "shoes" }, occurredAt: new Date(0) });
    client.identify({ ...who, traits: { plan: "pro" } });
  });

  it("takes an event without payload where all of it may be left out", () => {
    client.track({ ...who, eventType: "signed_up" });
    client.track({ ...who, eventType: "signed_up", payload: undefined });
    client.track({ ...who, eventType: "cart_viewed" });
  });

  it("takes an event that was chosen before, and one of several names", () => {
    const chosen = { ...who, eventType: "signed_up" } as TypedTrackInput<Events, "signed_up" | "cart_viewed">;
    client.track(chosen);
    const orderPlaced = (payload: PayloadOf<Events, "order_placed">) =>
      client.track({ ...who, eventType: "order_placed", payload });
    orderPlaced({ total: 42 });
  });

  it("refuses a wrong name, a wrong payload, and wrong traits", () => {
    // @ts-expect-error no such event
    client.track({ ...who, eventType: "order_plced", payload: { total: 42 } });
    // @ts-expect-error total is a number
    client.track({ ...who, eventType: "order_placed", payload: { total: "42" } });
    // @ts-expect-error total is missing
    client.track({ ...who, eventType: "order_placed", payload: {} });
    // @ts-expect-error the payload is missing
    client.track({ ...who, eventType: "order_placed" });
    // @ts-expect-error there is no such property
    client.track({ ...who, eventType: "order_placed", payload: { total: 42, color: "red" } });
    // @ts-expect-error the payload of another event
    client.track({ ...who, eventType: "searched", payload: { total: 42 } });
    // @ts-expect-error there is no such plan
    client.identify({ ...who, traits: { plan: "gold" } });
    // @ts-expect-error plan is missing
    client.identify(who);
  });

  it("can be handed to code that takes any client", () => {
    const any: Client = client;
    any.track({ ...who, eventType: "signed_up" });
  });
});

describe("a client without a catalogue", () => {
  const untyped = createClient(options, createTestRuntime());

  it("takes any event, as ever", () => {
    expectTypeOf(untyped).toEqualTypeOf<Client>();
    expectTypeOf(untyped.track).parameter(0).toEqualTypeOf<TrackInput>();
    expectTypeOf<TypedTrackInput>().toEqualTypeOf<TrackInput>();
    expectTypeOf<IdentifyInput>().toExtend<TypedIdentifyInput>();
    expectTypeOf<TypedIdentifyInput>().toExtend<IdentifyInput>();
    untyped.track({ ...who, eventType: "anything", payload: { total: 42 } });
    untyped.identify(who);
  });

  it("takes any traits where the catalogue says nothing of them", () => {
    const withoutTraits = defineEvents({ signed_up: z.object({}) });
    expectTypeOf<TraitsOf<typeof withoutTraits>>().toEqualTypeOf<Payload>();
    createClient({ ...options, events: withoutTraits }, createTestRuntime()).identify(who);
  });
});

it("a schema whose output is no object is none for a payload", () => {
  // @ts-expect-error a payload is an object
  defineEvents({ order_placed: z.string() });
  // @ts-expect-error traits are an object
  defineEvents({}, { traits: z.number() });
});
