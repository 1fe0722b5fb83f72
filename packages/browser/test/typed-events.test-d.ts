import type { StandardSchema } from "@segops/core";
import { defineEvents } from "@segops/core";
import { expectTypeOf, it } from "vitest";
import { type PageTrackInput, SegOpsClient } from "../src/index";

const schema = {} as StandardSchema<{ total: number }>;
const events = defineEvents({ order_placed: schema });
const options = { apiUrl: "http://127.0.0.1:9", apiKey: "pk_test_key" };

it("the catalogue in the options types the client, and the user may be left out", () => {
  const client = new SegOpsClient({ ...options, events });
  expectTypeOf(client).toEqualTypeOf<SegOpsClient<typeof events>>();
  const { track } = client;
  track({ eventType: "order_placed", payload: { total: 42 } });
  track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
  // @ts-expect-error there is no such event
  track({ eventType: "order_plced", payload: { total: 42 } });
  // @ts-expect-error total is a number
  track({ eventType: "order_placed", payload: { total: "42" } });
  // @ts-expect-error the payload is missing
  track({ eventType: "order_placed" });
});

it("a client with a catalogue is one of those that code written for any client takes", () => {
  const typed = new SegOpsClient({ ...options, events });
  const client: SegOpsClient = typed;
  expectTypeOf(client).toBeObject();
});

it("without a catalogue any event will do", () => {
  const client = new SegOpsClient(options);
  expectTypeOf(client).toEqualTypeOf<SegOpsClient>();
  expectTypeOf(client.track).parameter(0).toEqualTypeOf<PageTrackInput>();
});
