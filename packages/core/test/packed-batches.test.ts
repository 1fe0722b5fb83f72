import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryQueue, halvesOf, packBatch, type Utf8 } from "../src/index";
import { utf8 } from "./support/utf8";

const ways: [string, Utf8 | undefined][] = [
  ["as bytes", utf8],
  ["as text", undefined],
];

const texts = fc.array(fc.json({ stringUnit: "binary" }), { minLength: 2, maxLength: 20 });
const bytesOf = (text: string): number => utf8.encode(text).length;
const pack = (events: readonly string[], codec?: Utf8) =>
  packBatch({ key: "key", sequence: 1, texts: events, visitor: undefined }, codec);

describe.each(ways)("a batch that waits %s", (_, codec) => {
  it("gives back every event as it was put in", () => {
    fc.assert(
      fc.property(texts, (events) => {
        const batch = pack(events, codec);
        expect(batch.texts).toEqual(events);
        expect(batch.eventCount).toBe(events.length);
        expect(batch.body).toBe(`{"events":[${events.join(",")}]}`);
        expect(batch.bytes).toBe(events.reduce((sum, text) => sum + bytesOf(text) + 1, 0));
      }),
    );
  });

  it("is split into halves that hold the same events under keys of their own", () => {
    fc.assert(
      fc.property(texts, (events) => {
        let key = 0;
        const batch = pack(events, codec);
        const [first, second] = halvesOf(batch, () => `half-${++key}`, codec);
        expect([...first.texts, ...second.texts]).toEqual(events);
        expect([first.key, second.key]).toEqual(["half-1", "half-2"]);
        expect(first.bytes + second.bytes).toBe(batch.bytes);
        expect(Math.abs(first.eventCount - second.eventCount)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the bounds of a batch, which are estimated until they matter", () => {
  const queueOf = (bounds: { maxBytes?: number; maxBatchBytes?: number }) =>
    createMemoryQueue({
      maxSize: 1_000,
      maxBytes: 100_000,
      maxBatchBytes: 100_000,
      ...bounds,
      newKey: () => "key",
      utf8,
      recovered: () => {},
      lost: () => {},
      wake: () => {},
      report: () => {},
    });

  it("fills bodies to the last byte, whatever the script", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 400 }), (events, maxBatchBytes) => {
        const queue = queueOf({ maxBatchBytes });
        for (const text of events) queue.add(text, undefined);
        queue.seal();
        const bodies: string[] = [];
        for (let batch = queue.take(); batch; batch = queue.take()) {
          bodies.push(batch.body);
          const isAlone = batch.eventCount === 1;
          expect(isAlone || bytesOf(batch.body) <= maxBatchBytes).toBe(true);
        }
        const packed = bodies.map((body) => bytesOf(body) - '{"events":[]}'.length);
        // Greedy: the first event of a body would not have fitted into the one before.
        let next = 0;
        for (const [index, body] of bodies.entries()) {
          const first = bytesOf(events[next] ?? "");
          if (index > 0) expect((packed[index - 1] ?? 0) + 1 + first + 13).toBeGreaterThan(maxBatchBytes);
          next += JSON.parse(body).events.length;
        }
        expect(next).toBe(events.length);
      }),
    );
  });

  it("takes in as many bytes as it may, and not one more", () => {
    const queue = queueOf({ maxBytes: 30 });
    const event = '"é€😀"';
    expect(bytesOf(event) + 1).toBe(12);
    expect([1, 2, 3].map(() => queue.add(event, undefined))).toEqual([true, true, false]);
    expect(queue.add('"abc"', undefined)).toBe(true);
    expect(queue.size).toBe(3);
  });
});
