import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeEvent } from "../src/encode-event";
import type { TrackInput } from "../src/index";
import { trackInputSchema, wireEventSchema } from "../src/schema/index";

/** Mostly what a field should be, and often enough what it should not. */
const field = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.anything() });

const isoLike = fc.oneof(
  fc
    .date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") })
    .map((date) => date.toISOString()),
  fc
    .tuple(
      fc.integer({ min: 1900, max: 2100 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      fc.constantFrom(
        "",
        "T10:00",
        "T10:00:00Z",
        "T25:00:00Z",
        "T10:00:00.5+01:00",
        "T10:00:00+0100",
        " 10:00",
        "T10:00:00+25:99",
      ),
    )
    .map(
      ([year, month, day, time]) =>
        `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}${time}`,
    ),
  fc.string(),
);

const trackInput = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record(
      {
        userId: field(fc.string({ unit: "binary" })),
        eventType: field(fc.string({ minLength: 1 })),
        occurredAt: field(fc.oneof(isoLike, fc.date())),
        payload: field(fc.dictionary(fc.string(), fc.jsonValue())),
        anonymousId: field(fc.string()),
      },
      { requiredKeys: ["userId", "eventType"] },
    ) as fc.Arbitrary<unknown>,
  },
  { weight: 1, arbitrary: fc.anything() },
);

const guardAccepts = (input: unknown): boolean => {
  try {
    encodeEvent(input as TrackInput, () => "2026-01-01T00:00:00.000Z");
    return true;
  } catch {
    return false;
  }
};

describe("the guard of the hot path and the zod schema", () => {
  it("accept exactly the same events", () => {
    fc.assert(
      fc.property(trackInput, (input) => {
        expect(guardAccepts(input)).toBe(trackInputSchema.safeParse(input).success);
      }),
      { numRuns: 3_000 },
    );
  });

  it("agree that what the client sends is an event of the contract", () => {
    fc.assert(
      fc.property(trackInput.filter(guardAccepts), (input) => {
        const { text } = encodeEvent(input as TrackInput, () => "2026-01-01T00:00:00.000Z");
        const sent = JSON.parse(text);
        expect(wireEventSchema.safeParse(sent).success).toBe(true);
        expect(Object.keys(sent)).toEqual(
          expect.arrayContaining(["user_id", "event_type", "occurred_at", "payload"]),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
