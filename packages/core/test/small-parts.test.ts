import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryQueue, utf8Length } from "../src/index";
import { isIsoDateTime } from "../src/iso-time";
import { backoffMs, parseRetryAfterMs, pauseMs } from "../src/retry-policy";
import { createManualClock } from "../src/testing/index";
import { createUuidFactory } from "../src/uuid";

describe("utf8Length", () => {
  it("counts as an encoder does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

describe("uuids", () => {
  it("are of version 7, differ, and sort by the time they were made", () => {
    const clock = createManualClock();
    const newUuid = createUuidFactory(clock, {
      random: Math.random,
      bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
    const ids = Array.from({ length: 1_000 }, (_, index) => {
      clock.setWallClock(1_767_225_600_000 + index);
      return newUuid();
    });
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    expect(new Set(ids).size).toBe(1_000);
    expect([...ids].sort()).toEqual(ids);
    expect(Number.parseInt((ids[0] ?? "").replace("-", "").slice(0, 12), 16)).toBe(1_767_225_600_000);
  });
});

describe("ISO 8601 times", () => {
  it.each([
    "2026-01-31",
    "2024-02-29T00:00",
    "2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456Z",
    "2026-01-31T12:00:00+05:30",
    "2026-01-31T12:00:00-0800",
  ])("takes %s", (text) => expect(isIsoDateTime(text)).toBe(true));

  it.each([
    "",
    "now",
    "2026",
    "2026-13-01",
    "2026-02-30",
    "2023-02-29",
    "2026-01-31 12:00",
    "2026-01-31T25:00",
    "1767225600",
  ])("refuses %j", (text) => expect(isIsoDateTime(text)).toBe(false));
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 0, 1);
  it.each<[string | null | undefined, number | undefined]>([
    ["7", 7_000],
    ["0", 0],
    [" 1.5 ", 1_500],
    [new Date(now + 4_000).toUTCString(), 4_000],
    [new Date(now - 4_000).toUTCString(), 0],
    ["999999999999", 86_400_000],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
    [undefined, undefined],
  ])("%j is %s ms", (header, ms) => expect(parseRetryAfterMs(header, now)).toBe(ms));
});

describe("delays", () => {
  it("stay between nothing and their limits, however long it lasts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, random) => {
          expect(backoffMs(count, random)).toBeGreaterThanOrEqual(0);
          expect(backoffMs(count, random)).toBeLessThanOrEqual(30_000);
          expect(pauseMs(count, random)).toBeGreaterThanOrEqual(15_000);
          expect(pauseMs(count, random)).toBeLessThanOrEqual(300_000);
        },
      ),
    );
  });
});

describe("the queue in memory", () => {
  const newQueue = () => {
    let key = 0;
    return createMemoryQueue({
      maxSize: 10,
      maxBytes: 1_000,
      maxBatchBytes: 1_000,
      newKey: () => `key-${++key}`,
      recovered: () => {},
      lost: () => {},
      wake: () => {},
      report: () => {},
    });
  };

  it("gives oldest first, and what was taken stays its own until it is settled", () => {
    const queue = newQueue();
    queue.add("1", undefined);
    queue.seal();
    queue.add("2", undefined);
    queue.seal();
    const first = queue.take();
    expect(first).toMatchObject({ key: "key-1", sequence: 1, texts: ["1"] });
    expect(queue.size).toBe(2);
    if (first) queue.settle(first);
    if (first) queue.settle(first);
    expect(queue.size).toBe(1);
    expect(queue.drain()).toEqual(["2"]);
    expect(queue.size).toBe(0);
  });

  it("splits a batch in its place, with nothing lost from the books", () => {
    const queue = newQueue();
    for (const text of ["1", "2", "3"]) queue.add(text, undefined);
    queue.seal();
    const batch = queue.take();
    const [first, second] = batch ? queue.split(batch) : [];
    expect(first).toMatchObject({ sequence: 1, texts: ["1"] });
    expect(second).toMatchObject({ sequence: 1, texts: ["2", "3"] });
    expect(queue.size).toBe(3);
    if (first) queue.settle(first);
    if (second) queue.settle(second);
    expect(queue.size).toBe(0);
    for (let i = 0; i < 10; i++) expect(queue.add("x", undefined)).toBe(true);
  });
});
