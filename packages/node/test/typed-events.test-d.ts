import type { StandardSchema } from "@segops/core";
import { expectTypeOf, it } from "vitest";
import { type Client, defineEvents, SegOpsClient, type TrackInput, type TypedTrackInput } from "../src/index";

const schema = {} as StandardSchema<{ total: number }>;
const events = defineEvents({ order_placed: schema });
const options = { apiUrl: "http://127.0.0.1:9", apiKey: "sk_test_key" };

it("the catalogue in the options types the client", () => {
  const client = new SegOpsClient({ ...options, events });
  expectTypeOf(client).toEqualTypeOf<SegOpsClient<typeof events>>();
  expectTypeOf(client.track).parameter(0).toEqualTypeOf<TypedTrackInput<typeof events>>();
  const { track } = client;
  track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
  // @ts-expect-error there is no such event
  track({ userId: "ada", eventType: "order_plced", payload: { total: 42 } });
  // @ts-expect-error total is a number
  track({ userId: "ada", eventType: "order_placed", payload: { total: "42" } });
});

it("a client with a catalogue is one of those that code written for any client takes", () => {
  const typed = new SegOpsClient({ ...options, events });
  const client: Client = typed;
  const same: SegOpsClient = typed;
  const own: Client<typeof events> = typed;
  expectTypeOf([client, same, own]).toBeArray();
});

it("without a catalogue any event will do", () => {
  const client = new SegOpsClient(options);
  expectTypeOf(client).toEqualTypeOf<SegOpsClient>();
  expectTypeOf(client.track).parameter(0).toEqualTypeOf<TrackInput>();
});
