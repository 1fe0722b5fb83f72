import { defineEvents, InvalidEventError } from "@segops/core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createRecordingClient } from "../src/index";

const events = defineEvents(
  {
    order_placed: z.object({ total: z.number(), currency: z.string().default("EUR") }),
    signed_up: z.object({}),
  },
  { traits: z.object({ plan: z.enum(["free", "pro"]) }) },
);
const order = (total: number) => ({ userId: "ada", eventType: "order_placed" as const, payload: { total } });

describe("an event is recorded as soon as track() returns", () => {
  it("as it would be sent", () => {
    const segops = createRecordingClient({ events });
    segops.track(order(42));
    expect(segops.events()).toEqual([
      {
        userId: "ada",
        eventType: "order_placed",
        payload: { total: 42, currency: "EUR" },
        occurredAt: "2026-01-01T00:00:00.000Z",
      },
    ]);
  });

  it("with the anonymous id, and at the time that the test's clock shows", async () => {
    const segops = createRecordingClient();
    await segops.clock.advance(60_000);
    segops.track({ userId: "ada", anonymousId: "visitor-1", eventType: "signed_up" });
    expect(segops.events()).toMatchObject([
      { anonymousId: "visitor-1", payload: {}, occurredAt: "2026-01-01T00:01:00.000Z" },
    ]);
  });

  it("under its name, and a user apart from the events", () => {
    const segops = createRecordingClient({ events });
    segops.track({ userId: "ada", eventType: "signed_up" });
    segops.track(order(1));
    segops.track(order(2));
    segops.identify({ userId: "ada", traits: { plan: "pro" } });
    expect(segops.eventsOf("order_placed").map(({ payload }) => payload.total)).toEqual([1, 2]);
    expect(segops.events()).toHaveLength(3);
    expect(segops.users()).toMatchObject([{ userId: "ada", traits: { plan: "pro" } }]);
  });

  it("once, whatever becomes of it afterwards", async () => {
    const segops = createRecordingClient();
    segops.transport.reply(503, 400);
    segops.track({ userId: "ada", eventType: "signed_up" });
    await segops.clock.advance(60_000);
    expect(segops.events()).toHaveLength(1);
    expect(segops.totals).toMatchObject({ accepted: 1, refused: 1 });
  });
});

describe("what would not be sent is not recorded", () => {
  it("an invalid event: it throws, as strict is on", () => {
    const segops = createRecordingClient({ events });
    expect(() => segops.track({ ...order(1), payload: { total: "1" as never } })).toThrow(InvalidEventError);
    expect(segops.events()).toEqual([]);
  });

  it("an invalid event without strict: it is among the errors", () => {
    const segops = createRecordingClient({ events, strict: false });
    segops.track({ userId: "ada", eventType: "order_plced" as never });
    expect(segops.events()).toEqual([]);
    expect(segops.errors).toMatchObject([{ code: "invalid_event" }]);
  });

  it("what beforeSend drops", () => {
    const segops = createRecordingClient({
      beforeSend: (event) => (event.eventType === "signed_up" ? null : event),
    });
    segops.track({ userId: "ada", eventType: "signed_up" });
    segops.track({ userId: "ada", eventType: "logged_in" });
    expect(segops.events().map(({ eventType }) => eventType)).toEqual(["logged_in"]);
  });

  it("what comes after shutdown()", async () => {
    const segops = createRecordingClient();
    segops.track({ userId: "ada", eventType: "signed_up" });
    expect(await segops.shutdown()).toEqual({ delivered: 1, refused: 0, pending: 0 });
    segops.track({ userId: "ada", eventType: "signed_up" });
    expect(segops.events()).toHaveLength(1);
  });
});

describe("a test may wait for an event", () => {
  it("that comes later", async () => {
    const segops = createRecordingClient({ events });
    const waiting = segops.waitFor("order_placed", { total: 2 });
    segops.track(order(1));
    segops.track(order(2));
    expect((await waiting).payload).toEqual({ total: 2, currency: "EUR" });
  });

  it("that has come already, and for several", async () => {
    const segops = createRecordingClient({ events });
    segops.track(order(1));
    segops.track(order(2));
    expect((await segops.waitFor("order_placed")).payload.total).toBe(1);
    expect((await segops.waitFor("order_placed", {}, { times: 2 })).payload.total).toBe(2);
  });

  it("in vain: the error says what was tracked instead", async () => {
    const segops = createRecordingClient({ events });
    segops.track(order(1));
    segops.track({ userId: "ada", eventType: "signed_up" });
    await expect(segops.waitFor("order_placed", { total: 2 }, { timeoutMs: 1 })).rejects.toThrow(
      `waited 1 ms for 1 × order_placed with {"total":2}, and saw 0. These order_placed were tracked:
  1. by ada: {"total":1,"currency":"EUR"}
Other events: 1 × signed_up`,
    );
  });
});

it("clear() forgets what was tracked and what went wrong", () => {
  const segops = createRecordingClient({ strict: false });
  segops.track({ userId: "ada", eventType: "signed_up" });
  segops.identify({ userId: "ada" });
  segops.track({ userId: "", eventType: "signed_up" });
  segops.clear();
  expect([...segops.events(), ...segops.users(), ...segops.errors]).toEqual([]);
});

it("records more events than a client's queue would hold", () => {
  const segops = createRecordingClient();
  for (let number = 0; number < 5_000; number++) segops.track({ userId: "ada", eventType: "signed_up" });
  expect(segops.events()).toHaveLength(5_000);
});
