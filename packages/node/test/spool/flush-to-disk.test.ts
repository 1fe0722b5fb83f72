import fs from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addMany, openSpool } from "./support/open-spool";

afterEach(() => {
  vi.restoreAllMocks();
});

describe('sync: "flush"', () => {
  it("brings events onto the disk soon after, many at a time", async () => {
    const flushed = vi.spyOn(fs, "fsync");
    const { queue, clock } = openSpool({ sync: "flush" });
    addMany(queue, 1, 100);
    expect(flushed).not.toHaveBeenCalled();
    await clock.advance(50);
    // The events and the ledger.
    expect(flushed.mock.calls.length).toBeLessThanOrEqual(2);
    await vi.waitUntil(() => flushed.mock.calls.length >= 2);
    const before = flushed.mock.calls.length;
    await clock.advance(10_000);
    expect(flushed.mock.calls.length).toBe(before);
    queue.close?.();
  });

  it("leaves nothing unflushed at shutdown", () => {
    const flushed = vi.spyOn(fs, "fsyncSync");
    const { queue } = openSpool({ sync: "flush" });
    addMany(queue, 1, 10);
    queue.close?.();
    expect(flushed.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it("is reported when the disk refuses, and events are kept in memory", async () => {
    const refuse = (_: number, done: (error: NodeJS.ErrnoException | null) => void): void =>
      done(Object.assign(new Error("EIO: i/o error, fsync"), { code: "EIO" }));
    vi.spyOn(fs, "fsync").mockImplementation(refuse as typeof fs.fsync);
    const { queue, clock, troubles } = openSpool({ sync: "flush" });
    addMany(queue, 1, 10);
    await clock.advance(50);
    expect(troubles.map(({ code }) => code)).toEqual(["spool_unavailable"]);
    addMany(queue, 11, 20);
    expect([queue.size, queue.durable]).toEqual([20, false]);
  });
});

describe('sync: "write"', () => {
  it("never waits for the disk", async () => {
    const flushed = [vi.spyOn(fs, "fsync"), vi.spyOn(fs, "fsyncSync"), vi.spyOn(fs, "fdatasyncSync")];
    const { queue, clock } = openSpool({ sync: "write" });
    addMany(queue, 1, 1_000);
    await clock.advance(60_000);
    queue.close?.();
    for (const flush of flushed) expect(flush).not.toHaveBeenCalled();
  });
});
