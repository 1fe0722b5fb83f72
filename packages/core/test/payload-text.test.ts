import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newPayloadShape, payloadText } from "../src/payload-text";

const scalar = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom('"', "\\", "\n", "\u0000", "\u007f", "\u2028", "\ud800", "x\udfff", "😀", "", "__proto__"),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 1e21, 1e-7, Number.MAX_VALUE, Number.MIN_VALUE),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const nested = fc.oneof(
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.string(), scalar, { maxKeys: 3 }),
);
const payload = fc.dictionary(
  fc.oneof(fc.constantFrom("total", "currency", "7", 'a"b', "__proto__", "é"), fc.string({ maxLength: 5 })),
  fc.oneof({ weight: 4, arbitrary: scalar }, nested, fc.date({ noInvalidDate: true })),
  { maxKeys: 40 },
);

function objects(count: number): object {
  const list = () => Array.from({ length: count / 2 }, () => ({}));
  return { first: list(), second: list() };
}

describe("the text of a payload", () => {
  it("is what JSON.stringify makes, whatever keys came before", () => {
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 5 }), (payloads) => {
        const shape = newPayloadShape();
        for (const one of payloads) {
          expect(payloadText(one, shape)).toBe(JSON.stringify(one));
          expect(payloadText(one, shape)).toBe(JSON.stringify(one));
          expect(payloadText(one)).toBe(JSON.stringify(one));
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, object]>([
    ["NaN", { total: Number.NaN }],
    ["Infinity", { total: Number.POSITIVE_INFINITY }],
    ["a function", { total: () => 1 }],
    ["a symbol", { total: Symbol("x") }],
    ["a BigInt", { total: 1n }],
    ["a Map", { total: new Map() }],
    ["an invalid date", { total: new Date(Number.NaN) }],
    ["a value that is hidden deep inside", { a: { b: [{ c: Number.NaN }] } }],
    ["nothing but the class of an error", new Error("x")],
    ["a text of its own making", { toJSON: () => "something else" }],
    ["a date instead of an object", new Date(0)],
    ["a date that turns into nothing", { a: 1, at: Object.assign(new Date(0), { toJSON: () => undefined }) }],
    ["a date that turns into a function", { at: Object.assign(new Date(0), { toJSON: () => () => 1 }) }],
    ["more objects than one payload may have", objects(30_000)],
  ])("is not made of %s, which has to be replaced first", (_, one) => {
    expect(payloadText(one, newPayloadShape())).toBeUndefined();
  });

  it("leaves out what is inherited, as JSON.stringify does", () => {
    const one = Object.assign(Object.create({ inherited: 1 }), { own: 2 });
    expect(payloadText(one, newPayloadShape())).toBe('{"own":2}');
  });
});
