import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hide } from "./support/hide";
import {
  addMany,
  atTheEnd,
  bytesIn,
  deliverAll,
  filesIn,
  openSpool,
  range,
  takeAll,
  temporaryFolder,
} from "./support/open-spool";

const FILLER = "x".repeat(1_000);

/** A file system of its own, or the reason why there is none. */
function mount(options: string): { folder: string; remount(options: string): void } | string {
  const folder = temporaryFolder();
  const run = (command: string, ...words: string[]) => execFileSync(command, words, { stdio: "pipe" });
  const mountIt = (more: string) => run("mount", "-t", "tmpfs", "-o", more, "tmpfs", folder);
  try {
    mountIt(options);
  } catch {
    return "a file system of its own needs root and mount";
  }
  atTheEnd(() => run("umount", "--lazy", folder));
  return { folder, remount: (more) => mountIt(`remount,${more}`) };
}

describe("a disk that is full", () => {
  it("costs nothing that fits into memory, is reported once, and is used again when there is room", async ({
    skip,
  }) => {
    const disk = mount("size=512k");
    if (typeof disk === "string") return skip(disk);
    const directory = path.join(disk.folder, "spool");
    const { queue, clock, troubles, kill } = openSpool({ directory });
    expect(addMany(queue, 1, 1_000, FILLER)).toBe(true);
    expect(queue.durable).toBe(false);
    await clock.advance(60_000);
    expect(addMany(queue, 1_001, 1_100, FILLER)).toBe(true);
    expect(troubles.map(({ code }) => code)).toEqual(["spool_unavailable"]);
    expect(troubles[0]?.message).toMatch(/cannot be written: ENOSPC.*kept in memory/);

    disk.remount("size=8m");
    await clock.advance(15_000);
    expect(queue.durable).toBe(true);
    addMany(queue, 1_101, 1_200, FILLER);
    const [sent] = takeAll(queue);
    kill();
    const after = openSpool({ directory });
    expect(after.troubles).toEqual([]);
    const batches = takeAll(after.queue);
    expect(batches[0]?.key).toBe(sent?.key);
    for (const batch of batches) after.queue.settle(batch);
    expect(batches.flatMap(({ texts }) => texts.map((text) => JSON.parse(text).number))).toEqual(
      range(1, 1_200),
    );
  });

  it("hands over at shutdown what could not be written, and keeps the rest", ({ skip }) => {
    const disk = mount("size=512k");
    if (typeof disk === "string") return skip(disk);
    const { queue } = openSpool({ directory: disk.folder });
    addMany(queue, 1, 1_000, FILLER);
    expect(queue.durable).toBe(false);
    const handedOver = queue.drain().map((text) => JSON.parse(text).number);
    queue.close?.();
    const kept = deliverAll(openSpool({ directory: disk.folder }).queue);
    expect(handedOver.length).toBeGreaterThan(0);
    expect([...kept, ...handedOver]).toEqual(range(1, 1_000));
  });
});

describe("a spool that fills its disk", () => {
  it("is delivered all the same by the next process, for which there is no room", ({ skip }) => {
    const disk = mount("size=1m");
    if (typeof disk === "string") return skip(disk);
    const before = openSpool({ directory: disk.folder });
    addMany(before.queue, 1, 2_000, FILLER);
    before.kill();
    const after = openSpool({ directory: disk.folder });
    const found = after.queue.size;
    expect(found).toBeGreaterThan(500);
    expect(deliverAll(after.queue)).toEqual(range(1, found));
    expect(after.queue.diskBytes).toBe(0);
  });
});

describe("a directory that cannot be written", () => {
  it("is reported once, and events are kept in memory within its bounds", async () => {
    const file = path.join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const { queue, clock, troubles } = openSpool({ directory: path.join(file, "spool"), maxSize: 10 });
    await clock.advance(600_000);
    expect(addMany(queue, 1, 10)).toBe(true);
    expect(addMany(queue, 11, 11)).toBe(false);
    expect([queue.size, queue.durable]).toEqual([10, false]);
    expect(deliverAll(queue)).toEqual(range(1, 10));
    expect(addMany(queue, 12, 12)).toBe(true);
    queue.close?.();
    expect(troubles.map(({ code }) => code)).toEqual(["spool_unavailable"]);
  });

  it("is used as soon as it can be", async () => {
    const folder = temporaryFolder();
    const directory = path.join(folder, "later", "spool");
    writeFileSync(path.join(folder, "later"), "in the way");
    const { queue, clock, kill } = openSpool({ directory });
    addMany(queue, 1, 600);
    const taken = queue.take();
    rmSync(path.join(folder, "later"));
    await clock.advance(15_000);
    expect(queue.durable).toBe(true);
    addMany(queue, 601, 700);
    kill();
    const batches = takeAll(openSpool({ directory }).queue);
    expect(batches.flatMap(({ texts }) => texts.map((text) => JSON.parse(text).number))).toEqual(
      range(1, 700),
    );
    expect(batches[0]?.key).toBe(taken?.key);
  });

  it("may also be read-only", ({ skip }) => {
    const disk = mount("size=512k,ro");
    if (typeof disk === "string") return skip(disk);
    const { queue, troubles } = openSpool({ directory: disk.folder });
    addMany(queue, 1, 10);
    expect(deliverAll(queue)).toEqual(range(1, 10));
    expect(troubles.map(({ message }) => message)).toEqual([expect.stringContaining("EROFS")]);
  });
});

describe("a file that cannot be read for a while", () => {
  it("keeps its events waiting, is reported once, and is tried again", async () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 10);
    before.queue.close?.();
    const { queue, clock, wakes, troubles } = openSpool({ directory });
    const show = hide(path.join(directory, filesIn(directory, ".events")[0] ?? ""));
    expect([queue.take(), queue.take(), queue.size]).toEqual([undefined, undefined, 10]);
    await clock.advance(30_000);
    expect([queue.nextSequence, wakes()]).toEqual([Number.POSITIVE_INFINITY, 0]);
    show();
    await clock.advance(15_000);
    expect([queue.nextSequence, wakes()]).toEqual([1, 1]);
    expect(deliverAll(queue)).toEqual(range(1, 10));
    expect(troubles.map(({ code }) => code)).toEqual(["spool_unreadable"]);
  });

  it("is recovered later when it could not be read at the start", async () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory, maxSize: 800 });
    addMany(before.queue, 1, 2_000);
    before.kill();
    const [first = ""] = filesIn(directory, ".events").sort();
    const show = hide(path.join(directory, first));
    const { queue, clock, recovered, troubles } = openSpool({ directory });
    const found = queue.size;
    expect(found).toBeLessThan(2_000);
    const delivered = deliverAll(queue);
    expect(delivered).toEqual(range(2_001 - found, 2_000));
    await clock.advance(300_000);
    const [moved = ""] = filesIn(directory, ".away");
    show(path.join(directory, moved.replace(/\.away$/, "")));
    await clock.advance(30_000);
    expect(recovered).toEqual([found, 2_000 - found]);
    expect(deliverAll(queue)).toEqual(range(1, 2_000 - found));
    expect(troubles.map(({ code }) => code)).toEqual(["spool_unreadable"]);
    queue.close?.();
    expect(filesIn(directory)).toEqual([]);
  });

  it("holds up no other file's events", async () => {
    const directory = temporaryFolder();
    const { queue, clock, troubles } = openSpool({ directory, maxSize: 800, maxMemoryBytes: 600_000 });
    addMany(queue, 1, 5_000);
    const files = filesIn(directory, ".events").sort();
    const show = hide(path.join(directory, files[3] ?? ""));
    const delivered = deliverAll(queue);
    expect(queue.nextSequence).toBe(Number.POSITIVE_INFINITY);
    expect(queue.size).toBe(5_000 - delivered.length);
    expect(queue.size).toBeGreaterThan(0);
    addMany(queue, 5_001, 5_010);
    expect(deliverAll(queue)).toEqual(range(5_001, 5_010));
    show();
    await clock.advance(15_000);
    expect([...delivered, ...deliverAll(queue)].sort((a, b) => a - b)).toEqual(range(1, 5_000));
    expect(queue.size).toBe(0);
    expect(troubles.map(({ code }) => code)).toEqual(["spool_unreadable"]);
  });
});

describe("a directory that is removed under our feet", () => {
  it("costs nothing that is in memory, and is made anew", async () => {
    const directory = path.join(temporaryFolder(), "spool");
    const { queue, clock, troubles, kill } = openSpool({ directory });
    addMany(queue, 1, 1_200);
    const first = queue.take();
    if (first) queue.settle(first);
    queue.take();
    rmSync(directory, { recursive: true });
    await clock.advance(15_000);
    expect(existsSync(directory)).toBe(true);
    expect(troubles.map(({ code }) => code)).toEqual(["spool_removed"]);
    addMany(queue, 1_201, 1_300);
    kill();
    expect(deliverAll(openSpool({ directory }).queue)).toEqual(range(501, 1_300));
  });

  it("is noticed with the next batch, however soon that is", () => {
    const directory = path.join(temporaryFolder(), "spool");
    const { queue, kill } = openSpool({ directory });
    addMany(queue, 1, 10);
    rmSync(directory, { recursive: true });
    queue.seal();
    kill();
    expect(deliverAll(openSpool({ directory }).queue)).toEqual(range(1, 10));
  });

  it("costs what was only there, and the count says so", async () => {
    const directory = path.join(temporaryFolder(), "spool");
    const { queue, clock, lost: losses, troubles } = openSpool({ directory, maxSize: 100 });
    addMany(queue, 1, 2_000);
    rmSync(directory, { recursive: true });
    await clock.advance(15_000);
    const lost = losses.reduce((sum, count) => sum + count, 0);
    expect(lost).toBeGreaterThan(0);
    expect(queue.size).toBe(2_000 - lost);
    expect(deliverAll(queue)).toHaveLength(2_000 - lost);
    expect(queue.size).toBe(0);
    expect(troubles.map(({ code }) => code)).toEqual(["spool_removed", "spool_events_lost"]);
    expect(troubles[1]?.message).toMatch(`${lost} event(s) lost: `);
  });

  it("is told each time that events are gone with it", async () => {
    const directory = path.join(temporaryFolder(), "spool");
    const { queue, clock, lost, troubles } = openSpool({ directory, maxSize: 100 });
    for (const _ of range(1, 2)) {
      addMany(queue, 1, 2_000);
      rmSync(directory, { recursive: true });
      await clock.advance(15_000);
    }
    const told = troubles.filter(({ code }) => code === "spool_events_lost");
    const counts = told.map(({ message }) => Number.parseInt(message, 10));
    expect(counts).toHaveLength(2);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts.reduce((sum, count) => sum + count)).toBe(lost.reduce((sum, count) => sum + count));
  });

  it("is told at shutdown at the latest", () => {
    const directory = path.join(temporaryFolder(), "spool");
    const { queue, troubles } = openSpool({ directory, maxSize: 100 });
    addMany(queue, 1, 2_000);
    rmSync(directory, { recursive: true });
    addMany(queue, 2_001, 2_600);
    queue.close?.();
    expect(troubles.map(({ code }) => code)).toContain("spool_events_lost");
  });
});

describe("maxBytes", () => {
  it("bounds what is on disk, refuses what is beyond, and says so once", () => {
    const directory = temporaryFolder();
    const { queue, troubles } = openSpool({ directory, maxBytes: 1_000_000 });
    expect(addMany(queue, 1, 2_000, FILLER)).toBe(false);
    expect(bytesIn(directory)).toBeLessThan(1_010_000);
    const kept = queue.size;
    expect(kept).toBeGreaterThan(900);
    expect(troubles.map(({ code }) => code)).toEqual(["spool_full"]);
    expect(deliverAll(queue)).toEqual(range(1, kept));
    expect(addMany(queue, 2_001, 2_100, FILLER)).toBe(true);
  });

  it("does not count what was taken over from others: it costs no new event its place", async () => {
    const directory = temporaryFolder();
    const dead = [1, 2, 3].map(() => openSpool({ directory, maxBytes: 1_000_000 }));
    for (const { queue } of dead) addMany(queue, 1, 900, FILLER);
    for (const { kill } of dead) kill();
    const { queue, recovered, troubles } = openSpool({ directory, maxBytes: 1_000_000 });
    expect(recovered).toEqual([2_700]);
    expect(addMany(queue, 901, 1_500, FILLER)).toBe(true);
    expect(troubles).toEqual([]);
    expect(addMany(queue, 1_501, 2_000, FILLER)).toBe(false);
    expect(deliverAll(queue).slice(0, 3_300)).toEqual([
      ...range(1, 900),
      ...range(1, 900),
      ...range(1, 900),
      ...range(901, 1_500),
    ]);
    queue.close?.();
    expect(filesIn(directory)).toEqual([]);
  });

  it("counts what is delivered no more", () => {
    const { queue, troubles } = openSpool({ maxBytes: 1_000_000 });
    for (let round = 0; round < 20; round++) {
      expect(addMany(queue, 1, 200, FILLER)).toBe(true);
      deliverAll(queue);
    }
    expect(troubles).toEqual([]);
  });
});

describe("segments", () => {
  it("go away one by one as their events are delivered", () => {
    const directory = temporaryFolder();
    const { queue } = openSpool({ directory, maxMemoryBytes: 800_000, maxBatchBytes: 50_000 });
    addMany(queue, 1, 2_000, FILLER);
    let bytes = bytesIn(directory);
    let shrunk = 0;
    for (const batch of takeAll(queue)) {
      queue.settle(batch);
      if (bytesIn(directory) < bytes - 50_000) shrunk++;
      bytes = bytesIn(directory);
    }
    expect(shrunk).toBeGreaterThan(10);
    expect(queue.diskBytes).toBeLessThan(200_000);
  });

  it("leave nothing of delivered events on disk for long, when nothing more happens", async () => {
    const directory = temporaryFolder();
    const { queue, clock } = openSpool({ directory });
    addMany(queue, 1, 5);
    deliverAll(queue);
    await clock.advance(15_000);
    expect(filesIn(directory, ".events")).toEqual([]);
    addMany(queue, 6, 6);
    expect(deliverAll(queue)).toEqual([6]);
  });

  it("can be read by nobody else", ({ skip }) => {
    if (process.platform === "win32") return skip("Windows has no such modes");
    const directory = path.join(temporaryFolder(), "spool");
    mkdirSync(path.dirname(directory), { recursive: true });
    addMany(openSpool({ directory }).queue, 1, 1);
    const open = execFileSync("find", [directory, "-perm", "/077"], { encoding: "utf8" });
    expect(open).toBe("");
  });
});

describe("memory", () => {
  it("holds a window of the events, however many there are", () => {
    const limits = { maxSize: 2_000, maxMemoryBytes: 1_000_000 };
    const { queue } = openSpool(limits);
    let most = 0;
    for (let number = 1; number <= 20_000; number += 100) {
      addMany(queue, number, number + 99);
      most = Math.max(most, queue.heldEvents);
    }
    expect(queue.size).toBe(20_000);
    expect(most).toBeLessThanOrEqual(limits.maxSize);
    const delivered: number[] = [];
    queue.seal();
    for (let batch = queue.take(); batch; batch = queue.take()) {
      delivered.push(...batch.texts.map((text) => JSON.parse(text).number));
      expect(queue.heldEvents).toBeLessThanOrEqual(limits.maxSize);
      queue.settle(batch);
    }
    expect(delivered).toEqual(range(1, 20_000));
    expect([queue.size, queue.heldEvents]).toEqual([0, 0]);
  });
});
