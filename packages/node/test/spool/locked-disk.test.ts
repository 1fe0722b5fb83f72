import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addMany, deliverAll, openSpool, range, takeAll, temporaryFolder } from "./support/open-spool";

/** A folder that gives no access to what is in it while it is locked. What is open stays open. */
function lockable(folder: string) {
  let isLocked = false;
  for (const name of [
    "openSync",
    "statSync",
    "readFileSync",
    "readdirSync",
    "renameSync",
    "rmSync",
  ] as const) {
    const original: (...words: never[]) => unknown = fs[name];
    vi.spyOn(fs, name).mockImplementation(((...words: never[]) => {
      if (isLocked && String(words[0]).startsWith(folder)) {
        throw Object.assign(new Error(`EACCES: permission denied, ${name}`), { code: "EACCES" });
      }
      return original.apply(fs, words);
    }) as never);
  }
  return {
    lock() {
      isLocked = true;
    },
    unlock() {
      isLocked = false;
    },
  };
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** Most of its events are on disk only. */
function spoolOnLockableDisk() {
  const directory = path.join(temporaryFolder(), "spool");
  const disk = lockable(directory);
  const spool = openSpool({ directory, maxSize: 800, maxMemoryBytes: 600_000 });
  addMany(spool.queue, 1, 5_000);
  return { ...spool, ...disk, directory, codes: () => spool.troubles.map(({ code }) => code) };
}

describe("a permission that is taken away for a while", () => {
  it("costs no event, whatever is tried meanwhile", async () => {
    const { queue, clock, lost, codes, lock, unlock } = spoolOnLockableDisk();
    lock();
    expect(addMany(queue, 5_001, 5_100)).toBe(true);
    queue.seal();
    await clock.advance(60_000);
    const meanwhile = deliverAll(queue);
    expect([queue.size, lost]).toEqual([5_100 - meanwhile.length, []]);
    unlock();
    await clock.advance(30_000);
    expect([...meanwhile, ...deliverAll(queue)].sort((a, b) => a - b)).toEqual(range(1, 5_100));
    expect([queue.size, queue.durable]).toEqual([0, true]);
    expect(new Set(codes())).toEqual(new Set(["spool_unavailable", "spool_unreadable"]));
  });

  it("leaves all events to the next process, those that came meanwhile too", async () => {
    const { queue, clock, kill, lock, unlock, directory } = spoolOnLockableDisk();
    lock();
    addMany(queue, 5_001, 5_100);
    await clock.advance(15_000);
    unlock();
    await clock.advance(15_000);
    expect(queue.durable).toBe(true);
    kill();
    expect(deliverAll(openSpool({ directory }).queue)).toEqual(range(1, 5_100));
  });

  it("is not a disk that is gone: what is delivered meanwhile is not sent again", async () => {
    const { queue, clock, kill, lock, unlock, directory } = spoolOnLockableDisk();
    lock();
    const delivered = deliverAll(queue);
    await clock.advance(15_000);
    unlock();
    await clock.advance(15_000);
    kill();
    const rest = deliverAll(openSpool({ directory }).queue);
    expect(delivered.length).toBeGreaterThan(0);
    expect([...delivered, ...rest].sort((a, b) => a - b)).toEqual(range(1, 5_000));
  });
});

describe("a ledger that cannot be read at the start", () => {
  it("is not given up: what it says was delivered is not sent again", async () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 10);
    deliverAll(before.queue);
    addMany(before.queue, 11, 20);
    before.kill();
    const read = fs.readFileSync;
    const failing = vi.spyOn(fs, "readFileSync").mockImplementation(((...words: Parameters<typeof read>) => {
      if (!String(words[0]).endsWith(".ledger")) return read(...words);
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    }) as typeof read);
    const { queue, clock, troubles } = openSpool({ directory });
    expect(queue.size).toBe(0);
    failing.mockRestore();
    await clock.advance(30_000);
    expect(deliverAll(queue)).toEqual(range(11, 20));
    expect(troubles.map(({ code }) => code)).toEqual(["spool_unreadable"]);
  });
});

describe("a folder that is gone but for what cannot be read", () => {
  it("keeps count of the events that it may still give", async () => {
    const { queue, clock, directory, lost } = spoolOnLockableDisk();
    const read = vi.spyOn(fs, "readFileSync").mockImplementation(() => {
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    });
    fs.rmSync(directory, { recursive: true });
    await clock.advance(15_000);
    expect([queue.size, lost]).toEqual([5_000, []]);
    read.mockRestore();
    const delivered = deliverAll(queue).length;
    await clock.advance(30_000);
    const late = deliverAll(queue).length;
    expect(lost.reduce((sum, count) => sum + count, 0)).toBe(5_000 - delivered - late);
    expect([queue.size, queue.nextSequence]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});

describe("a batch that is split while its file cannot be read", () => {
  it("is not sent again once both halves are delivered, whoever comes next", () => {
    const directory = temporaryFolder();
    const { queue, kill, troubles } = openSpool({ directory });
    addMany(queue, 1, 10);
    const [batch] = takeAll(queue);
    if (!batch) throw new Error("nothing to take");
    const read = vi.spyOn(fs, "readSync").mockImplementation(() => {
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    });
    const [first, second] = queue.split(batch);
    read.mockRestore();
    queue.settle(first);
    kill();
    const [rest, ...more] = takeAll(openSpool({ directory }).queue);
    expect([rest?.key, rest?.texts, more, troubles]).toEqual([second.key, second.texts, [], []]);
  });
});
