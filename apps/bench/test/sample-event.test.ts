import { expect, test } from "vitest";
import { SAMPLE_EVENT_BYTES, sampleInput, sampleWireEvent } from "../src/sample-event";
import { eventsIn } from "../src/sink";

const indexes = [0, 1, 999_999, 1_000_000, 12_345_678];

test("the sample event always has the same length and eight payload fields", () => {
  for (const index of indexes) {
    const event = sampleWireEvent(index);
    expect(JSON.stringify(event)).toHaveLength(SAMPLE_EVENT_BYTES);
    expect(Object.keys(event.payload)).toHaveLength(8);
  }
});

test("both sides send the same event", () => {
  for (const index of indexes) {
    const { user_id, event_type, payload } = sampleWireEvent(index);
    expect(sampleInput(index)).toEqual({ userId: user_id, eventType: event_type, payload });
  }
});

test("the events of any number of bodies are counted by their bytes", () => {
  const body = (events: number) =>
    JSON.stringify({ events: Array.from({ length: events }, (_, index) => sampleWireEvent(index)) }).length;
  expect(eventsIn({ requests: 3, bytes: body(500) + body(1) + body(20) })).toBe(521);
  expect(eventsIn({ requests: 0, bytes: 0 })).toBe(0);
});
