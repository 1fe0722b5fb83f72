import { expect as jestExpect } from "@jest/globals";
import { defineEvents } from "@segops/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import {
  createRecordingClient,
  createRecordingPageClient,
  type PageTrackInput,
  type RecordingClient,
} from "../src/index";
import "../src/jest-globals";
import { segopsHandlers } from "../src/msw/index";
import "../src/vitest";

const events = defineEvents(
  { order_placed: z.object({ total: z.number(), at: z.date().optional() }), signed_up: z.object({}) },
  { traits: z.object({ plan: z.enum(["free", "pro"]) }) },
);
type Events = typeof events;
const typed = createRecordingClient({ events });
const untyped = createRecordingClient();
const handlers = segopsHandlers<Events>();

describe("a recording client", () => {
  it("is typed by its catalogue", () => {
    expectTypeOf(typed).toEqualTypeOf<RecordingClient<Events>>();
    expectTypeOf(untyped).toEqualTypeOf<RecordingClient>();
    // @ts-expect-error there is no such event
    typed.track({ userId: "ada", eventType: "order_plced" });
  });

  it("records payloads as they are after their way through JSON", () => {
    const [order] = typed.eventsOf("order_placed");
    expectTypeOf(order?.payload.total).toEqualTypeOf<number | undefined>();
    expectTypeOf(order?.payload.at).toEqualTypeOf<string | undefined>();
    expectTypeOf(typed.users()[0]?.traits).toEqualTypeOf<{ plan: "free" | "pro" } | undefined>();
    expectTypeOf(typed.waitFor("order_placed")).resolves.toHaveProperty("payload");
    // @ts-expect-error there is no such event
    typed.eventsOf("order_plced");
    typed.eventsOf("page_viewed");
  });

  it("tells its events apart by their names", () => {
    for (const event of typed.events()) {
      if (event.eventType === "order_placed") expectTypeOf(event.payload.total).toEqualTypeOf<number>();
    }
  });
});

describe("a recording client of a page", () => {
  const page = createRecordingPageClient({ events });

  it("may leave the user out, and nothing else", () => {
    expectTypeOf(page.track).parameter(0).toEqualTypeOf<PageTrackInput<Events>>();
    page.track({ eventType: "order_placed", payload: { total: 42 } });
    page.track({ eventType: "signed_up", userId: "ada" });
    expect(page).toHaveTracked("order_placed", { total: 42 });
    // @ts-expect-error there is no such event
    page.track({ eventType: "order_plced" });
    // @ts-expect-error the payload is missing
    page.track({ eventType: "order_placed" });
    // @ts-expect-error there is no such event
    expect(page).toHaveTracked("order_plced");
  });

  it("takes any event without a catalogue", () => {
    createRecordingPageClient().track({ eventType: "anything", payload: { total: 42 } });
  });
});

describe.each([expect, jestExpect as unknown as typeof expect])("the matchers", (expectThat) => {
  it("know the catalogue of a client and of handlers", () => {
    expectThat(typed).toHaveTracked("order_placed", { total: 42 });
    expectThat(typed).not.toHaveTracked("order_placed", { total: expect.any(Number) }, { times: 1 });
    expectThat(typed).toHaveTracked("page_viewed", { path: "/" });
    expectThat(typed).toHaveIdentified("ada", { plan: "pro" });
    expectThat(handlers).toHaveTracked("order_placed", { total: 42 });
    // @ts-expect-error there is no such event
    expectThat(typed).toHaveTracked("order_plced");
    // @ts-expect-error total is a number
    expectThat(typed).toHaveTracked("order_placed", { total: "42" });
    // @ts-expect-error there is no such property
    expectThat(typed).toHaveTracked("order_placed", { sum: 42 });
    // @ts-expect-error there is no such plan
    expectThat(typed).toHaveIdentified("ada", { plan: "gold" });
    // @ts-expect-error there is no such event
    expectThat(handlers).toHaveTracked("order_plced");
  });

  it("take any name where there is no catalogue", () => {
    expectThat(untyped).toHaveTracked("anything", { total: 42 });
    expectThat(untyped).toHaveIdentified("ada", { plan: "gold" });
    expectThat(segopsHandlers()).toHaveTracked("anything");
  });
});

it("Jest's own expect knows the same", () => {
  jestExpect(typed).toHaveTracked("order_placed", { total: 42 });
  jestExpect(typed).not.toHaveIdentified("ada", { plan: "pro" });
  // @ts-expect-error there is no such event
  jestExpect(typed).toHaveTracked("order_plced");
  // @ts-expect-error total is a number
  jestExpect(typed).toHaveTracked("order_placed", { total: "42" });
});
