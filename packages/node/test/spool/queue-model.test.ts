import type { Batch } from "@segops/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  addMany,
  bytesIn,
  createMachine,
  filesIn,
  numbersIn,
  type OpenedSpool,
  openSpool,
  range,
  takeAll,
  temporaryFolder,
} from "./support/open-spool";

/** A hundred or so in the test command; the nightly run asks for more. */
const RUNS = Number(process.env.SEGOPS_PROPERTY_RUNS ?? 150);

type Step =
  | { do: "add"; count: number; filler: number }
  | { do: "seal" | "take" | "kill" | "close" }
  | { do: "settle" | "split"; pick: number }
  | { do: "let time pass"; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("add" as const),
      count: fc.nat({ max: 60 }),
      filler: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 3_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "add" as const, count: 700, filler: 1 }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("seal" as const, "take" as const) }) },
  { weight: 4, arbitrary: fc.constant({ do: "take" as const }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom("settle" as const, "split" as const), pick: fc.nat() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("kill" as const, "close" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("let time pass" as const), ms: fc.nat(40_000) }) },
);

it("loses nothing, repeats nothing and keeps order and keys, whatever happens in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.constantFrom({ maxSize: 100_000 }, { maxSize: 40, maxMemoryBytes: 100_000, maxBatchBytes: 20_000 }),
      async (steps, limits) => {
        const directory = temporaryFolder();
        const machine = createMachine();
        let spool: OpenedSpool = openSpool({ directory, machine, ...limits });
        let tracked = 0;
        /** Undelivered, in order. */
        let undelivered: number[] = [];
        let taken: Batch[] = [];
        /** What was taken under each key that is not split. */
        const seen = new Map<string, readonly string[]>();

        const taking = (batch: Batch): void => {
          expect(seen.get(batch.key) ?? batch.texts).toEqual(batch.texts);
          for (const [key, texts] of seen) {
            if (key !== batch.key) expect(texts.some((text) => batch.texts.includes(text))).toBe(false);
          }
          seen.set(batch.key, batch.texts);
          taken.push(batch);
        };

        const restart = (): void => {
          spool = openSpool({ directory, machine, ...limits });
          expect(spool.recovered).toEqual(undelivered.length > 0 ? [undelivered.length] : []);
          taken = [];
        };

        for (const next of steps) {
          const { queue } = spool;
          if (next.do === "add") {
            expect(addMany(queue, tracked + 1, tracked + next.count, "ä".repeat(next.filler))).toBe(true);
            undelivered.push(...range(tracked + 1, tracked + next.count));
            tracked += next.count;
          }
          if (next.do === "seal") queue.seal();
          if (next.do === "take") {
            const sequence = queue.nextSequence;
            const batch = queue.take();
            expect(batch?.sequence ?? Number.POSITIVE_INFINITY).toBe(sequence);
            if (batch) {
              const inHand = new Set(numbersIn(taken));
              const waiting = undelivered.filter((number) => !inHand.has(number));
              expect(numbersIn([batch])).toEqual(waiting.slice(0, batch.texts.length));
              taking(batch);
            }
          }
          if (next.do === "settle" && taken.length > 0) {
            const [batch] = taken.splice(next.pick % taken.length, 1);
            if (batch) {
              queue.settle(batch);
              seen.delete(batch.key);
              const gone = new Set(numbersIn([batch]));
              undelivered = undelivered.filter((number) => !gone.has(number));
            }
          }
          if (next.do === "split" && taken.length > 0) {
            const index = next.pick % taken.length;
            const batch = taken[index];
            if (batch && batch.texts.length > 1) {
              taken.splice(index, 1);
              seen.delete(batch.key);
              for (const half of queue.split(batch)) taking(half);
            }
          }
          if (next.do === "let time pass") await spool.clock.advance(next.ms);
          if (next.do === "kill") {
            spool.kill();
            restart();
          }
          if (next.do === "close") {
            queue.close?.();
            restart();
          }
          expect(spool.queue.size).toBe(undelivered.length);
          expect(spool.troubles).toEqual([]);
          expect(spool.queue.diskBytes).toBe(bytesIn(directory, ".events") + bytesIn(directory, ".ledger"));
        }

        spool.kill();
        restart();
        const rest = takeAll(spool.queue);
        expect(numbersIn(rest)).toEqual(undelivered);
        for (const batch of rest) taking(batch);
        for (const batch of rest) spool.queue.settle(batch);
        expect([spool.queue.size, spool.queue.heldEvents]).toEqual([0, 0]);
        spool.queue.close?.();
        expect(filesIn(directory)).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
}, 600_000);
