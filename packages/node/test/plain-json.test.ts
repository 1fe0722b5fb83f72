import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringifyPlainJson } from "../src/plain-json";

describe("the fast way to JSON", () => {
  it("gives what JSON.stringify gives, to the letter", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), fc.array(fc.jsonValue())),
        (value) => {
          expect(stringifyPlainJson(value)).toBe(JSON.stringify(value));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("gives nothing but what JSON.stringify gives, whatever the value", () => {
    fc.assert(
      fc.property(
        fc.object({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
          withSet: true,
        }),
        (value) => {
          const text = stringifyPlainJson(value);
          if (text !== undefined) expect(text).toBe(JSON.stringify(value));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  class Point {
    x = 1;
    get y() {
      return 2;
    }
  }

  it.each<[string, object]>([
    ["an empty object", {}],
    ["an empty array", []],
    ["undefined among others", { a: undefined, b: [undefined, null], c: 1 }],
    ["minus zero and large numbers", { a: -0, b: 1e21, c: 1.5e-7, d: Number.MAX_SAFE_INTEGER }],
    [
      "quotes, control characters and half pairs",
      { 'k"\n': 'v"\\\u0000\u001f\u2028', half: "\ud800", pair: "😀" },
    ],
    ["dates", { at: new Date(0) }],
    ["an instance of a class, with what it inherits left out", new Point()],
    ["no prototype", Object.assign(Object.create(null), { a: 1 })],
    ["keys that look like numbers", { b: 1, 2: 2, 1: 1 }],
  ])("is right about %s", (_, value) => expect(stringifyPlainJson(value)).toBe(JSON.stringify(value)));

  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  it.each<[string, object]>([
    ["NaN", { a: Number.NaN }],
    ["a function", { a: () => 1 }],
    ["a symbol", { a: [Symbol("s")] }],
    ["a BigInt", { a: 1n }],
    ["a cycle", cyclic],
    ["a toJSON of its own", { a: { toJSON: () => 1 } }],
    ["an array with a toJSON", { a: Object.assign([], { toJSON: () => 1 }) }],
    ["an invalid date", { a: new Date(Number.NaN) }],
  ])("leaves %s to the careful way", (_, value) => expect(stringifyPlainJson(value)).toBeUndefined());
});
