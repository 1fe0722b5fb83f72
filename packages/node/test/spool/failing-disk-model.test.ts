import fs from "node:fs";
import type { Batch } from "@segops/core";
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import {
  addMany,
  createMachine,
  deliverAll,
  filesIn,
  numbersIn,
  openSpool,
  range,
  temporaryFolder,
} from "./support/open-spool";

/** A hundred or so in the test command; the nightly run asks for more. */
const RUNS = Number(process.env.SEGOPS_PROPERTY_RUNS ?? 100);

type Step =
  | { do: "add"; count: number; filler: number }
  | { do: "seal" | "take" | "let time pass" | "mend the disk" }
  | { do: "settle" | "split"; pick: number }
  | { do: "break the disk"; after: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("add" as const),
      count: fc.integer({ min: 1, max: 40 }),
      filler: fc.nat({ max: 3_000 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("seal" as const, "take" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom("settle" as const, "split" as const), pick: fc.nat() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("break the disk" as const),
      after: fc.constantFrom(0, 0, 700, 9_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom("mend the disk" as const, "let time pass" as const) }),
  },
);

/** A disk that takes so many bytes more, and then the beginning of a record at most. */
function limitedDisk() {
  const write = fs.writeSync;
  let room = Number.POSITIVE_INFINITY;
  vi.spyOn(fs, "writeSync").mockImplementation(((
    fd: number,
    bytes: Buffer,
    offset: number,
    length: number,
  ) => {
    if (typeof bytes === "string") return write(fd, bytes, offset);
    if (room === 0)
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const taken = Math.min(room, length);
    room -= taken;
    return write(fd, bytes, offset, taken);
  }) as typeof fs.writeSync);
  return {
    breakAfter(bytes: number) {
      room = bytes;
    },
    mend() {
      room = Number.POSITIVE_INFINITY;
    },
  };
}

afterEach(() => {
  vi.restoreAllMocks();
});

it("loses nothing and repeats nothing on a disk that fails and comes back at any moment", async () => {
  const disk = limitedDisk();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 60 }),
      fc.constantFrom(
        { maxSize: 100_000 },
        { maxSize: 2_000, maxMemoryBytes: 9_000_000, maxBatchBytes: 20_000 },
      ),
      async (steps, limits) => {
        disk.mend();
        const directory = temporaryFolder();
        const machine = createMachine();
        const { queue, clock, kill, recovered } = openSpool({ directory, machine, ...limits });
        let tracked = 0;
        let undelivered: number[] = [];
        let taken: Batch[] = [];

        for (const next of steps) {
          if (next.do === "add") {
            const from = tracked + 1;
            tracked += next.count;
            if (addMany(queue, from, tracked, "ä".repeat(next.filler)))
              undelivered.push(...range(from, tracked));
            else throw new Error("an event was refused");
          }
          if (next.do === "seal") queue.seal();
          if (next.do === "take") {
            const batch = queue.take();
            if (batch) {
              const inHand = new Set(numbersIn(taken));
              const waiting = undelivered.filter((number) => !inHand.has(number));
              expect(numbersIn([batch])).toEqual(waiting.slice(0, batch.texts.length));
              taken.push(batch);
            }
          }
          const picked = "pick" in next ? taken[next.pick % taken.length] : undefined;
          if (picked && next.do === "settle") {
            queue.settle(picked);
            const gone = new Set(numbersIn([picked]));
            undelivered = undelivered.filter((number) => !gone.has(number));
          }
          if (picked && next.do === "split" && picked.texts.length > 1) taken.push(...queue.split(picked));
          if (picked && (next.do === "settle" || picked.texts.length > 1)) {
            taken = taken.filter((batch) => batch !== picked);
          }
          if (next.do === "break the disk") disk.breakAfter(next.after);
          if (next.do === "mend the disk") disk.mend();
          if (next.do === "let time pass") await clock.advance(15_000);
          expect(queue.size).toBe(undelivered.length);
        }

        disk.mend();
        await clock.advance(30_000);
        expect([queue.durable, recovered]).toEqual([true, []]);
        kill();
        const after = openSpool({ directory, machine, ...limits });
        expect(deliverAll(after.queue)).toEqual(undelivered);
        expect(after.troubles).toEqual([]);
        after.queue.close?.();
        expect(filesIn(directory)).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
}, 600_000);
