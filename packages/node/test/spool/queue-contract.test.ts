import { createMemoryQueue, type EventQueue } from "@segops/core";
import { describe, expect, it } from "vitest";
import { nodeUtf8 } from "../../src/node-utf8";
import { addMany, deliverAll, numbersIn, openSpool, range, takeAll, text } from "./support/open-spool";

let keys = 0;

const queues: [string, () => EventQueue][] = [
  [
    "memory",
    () =>
      createMemoryQueue({
        maxSize: 10_000,
        maxBytes: 10_000_000,
        maxBatchBytes: 1_000_000,
        utf8: nodeUtf8,
        newKey: () => `memory-key-${++keys}`,
        recovered: () => {},
        lost: () => {},
        wake: () => {},
        report: () => {},
      }),
  ],
  ["disk", () => openSpool({ maxSize: 10_000 }).queue],
  ["disk, with next to no memory", () => openSpool({ maxSize: 4, maxMemoryBytes: 1_000 }).queue],
];

describe.each(queues)("a queue in %s", (_, open) => {
  it("gives events back oldest first, each once", () => {
    const queue = open();
    expect(addMany(queue, 1, 1_234)).toBe(true);
    const batches = takeAll(queue);
    expect(numbersIn(batches)).toEqual(range(1, 1_234));
    expect(batches.map(({ texts }) => texts.length)).toEqual([500, 500, 234]);
    expect(new Set(batches.map(({ key }) => key)).size).toBe(3);
    expect(queue.take()).toBeUndefined();
  });

  it("counts an event until it is settled", () => {
    const queue = open();
    addMany(queue, 1, 3);
    expect([queue.size, queue.openSize, queue.nextSequence]).toEqual([3, 3, Number.POSITIVE_INFINITY]);
    queue.seal();
    expect([queue.size, queue.openSize]).toEqual([3, 0]);
    const [batch] = takeAll(queue);
    expect(queue.size).toBe(3);
    if (batch) queue.settle(batch);
    if (batch) queue.settle(batch);
    expect(queue.size).toBe(0);
  });

  it("numbers batches by age", () => {
    const queue = open();
    const sequences: number[] = [];
    for (let round = 1; round <= 5; round++) {
      addMany(queue, round, round);
      sequences.push(queue.seal());
    }
    expect(queue.seal()).toBe(sequences[4]);
    const given: number[] = [];
    for (let left = 5; left > 0; left--) {
      given.push(queue.nextSequence);
      expect(queue.take()?.sequence).toBe(given.at(-1));
    }
    expect(given).toEqual(sequences);
    expect(queue.nextSequence).toBe(Number.POSITIVE_INFINITY);
  });

  it("splits a batch into halves under keys of their own, in its place", () => {
    const queue = open();
    addMany(queue, 1, 5);
    queue.seal();
    addMany(queue, 6, 6);
    const batch = queue.take();
    if (!batch) throw new Error("nothing to take");
    const halves = queue.split(batch);
    expect(halves.map(({ texts }) => texts.length)).toEqual([2, 3]);
    expect(numbersIn(halves)).toEqual([1, 2, 3, 4, 5]);
    expect(halves.map(({ sequence }) => sequence)).toEqual([batch.sequence, batch.sequence]);
    expect(halves[0].bytes + halves[1].bytes).toBe(batch.bytes);
    expect(new Set([batch.key, halves[0].key, halves[1].key]).size).toBe(3);
    const [first, second] = halves;
    queue.settle(first);
    expect(queue.size).toBe(4);
    const quarters = queue.split(second);
    for (const quarter of quarters) queue.settle(quarter);
    expect(queue.size).toBe(1);
    expect(deliverAll(queue)).toEqual([6]);
  });

  it("fills no batch beyond the limit of a body", () => {
    const queue = open();
    queue.limitBatchBytes(1_000);
    addMany(queue, 1, 100, "x".repeat(100));
    const batches = takeAll(queue);
    expect(numbersIn(batches)).toEqual(range(1, 100));
    for (const { texts } of batches) expect(`{"events":[${texts.join(",")}]}`.length).toBeLessThan(1_001);
    expect(batches.length).toBeLessThan(20);
  });

  it("keeps the events of different visitors apart", () => {
    const queue = open();
    const ada = { userId: "ada" };
    const bob = { userId: "bob", anonymousId: "b-1" };
    for (const [number, visitor] of [ada, ada, bob, undefined].entries()) {
      queue.add(text(number), visitor);
    }
    expect(takeAll(queue).map(({ visitor, texts }) => [visitor?.userId, texts.length])).toEqual([
      ["ada", 2],
      ["bob", 1],
      [undefined, 1],
    ]);
  });
});
