import fc from "fast-check";
import { expect, it } from "vitest";
import type { TrackInput } from "../../src/index";
import { createTestRuntime } from "../../src/testing/index";
import { keepLedger } from "../support/event-ledger";
import { isOdious, type Mood } from "../support/model-server";
import { createModelApi } from "./model-api";
import { type Storage, startLightClient } from "./start-light-client";

/** A few hundred in the test command; the nightly run asks for more. */
const RUNS = Number(process.env.SEGOPS_PROPERTY_RUNS ?? 300);

type Step =
  | { do: "track"; count: number; as: string }
  | { do: "let time pass"; ms: number }
  | { do: "change the server's mood"; mood: Mood | "no tokens" | "expired tokens" }
  | { do: "flush" }
  | { do: "hide or show"; hidden: boolean }
  | { do: "go"; online: boolean }
  | { do: "close the page and come back" };

const users = fc.constantFrom("ada", "grace");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("track" as const), count: fc.nat({ max: 60 }), as: users }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("track" as const), count: fc.nat({ max: 700 }), as: users }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("let time pass" as const),
      ms: fc.oneof(fc.nat({ max: 2_000 }), fc.nat({ max: 60_000 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("change the server's mood" as const),
      mood: fc.constantFrom<Mood | "no tokens" | "expired tokens">(
        "well",
        "overloaded",
        "limited",
        "unreachable",
        "answers get lost",
        "wrong key",
        "choosy",
        "small bodies only",
        "no tokens",
        "expired tokens",
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("flush" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("hide or show" as const), hidden: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("go" as const), online: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("close the page and come back" as const) }) },
);

it("settles every event once, whatever happens in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.boolean(),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      async (steps, hasStorage, chance) => {
        const runtime = createTestRuntime({ random: () => chance.next().value ?? 0 });
        const server = createModelApi(runtime.clock.now);
        const storage: Storage | undefined = hasStorage ? new Map() : undefined;
        const handedOver: TrackInput[] = [];
        const settled = { refused: 0, queueFull: 0 };
        const open = () => {
          const started = startLightClient(
            { maxQueueSize: 1_500, onError: () => {}, onUndelivered: (events) => handedOver.push(...events) },
            { runtime, transport: server, ...(storage && { storage }) },
          );
          for (const [key, { texts, visitor }] of storage ?? []) {
            started.engine.queue.insert([...texts], visitor, { keys: [key] });
            started.engine.post({ type: "recovered", count: texts.length });
          }
          started.engine.sender.pump();
          return started;
        };
        let page = open();
        let ledger = keepLedger(page.client);
        let tracked = 0;
        const flushes: Promise<{ pending: number }>[] = [];

        for (const taken of steps) {
          if (taken.do === "track")
            for (let i = 0; i < taken.count; i++)
              page.client.track({
                userId: taken.as,
                eventType: "page_viewed",
                payload: { number: ++tracked },
              });
          if (taken.do === "let time pass") await runtime.clock.advance(taken.ms);
          if (taken.do === "change the server's mood") server.mood = taken.mood;
          if (taken.do === "flush") flushes.push(page.client.flush());
          if (taken.do === "hide or show") {
            page.hidden = taken.hidden;
            page.engine.sender.pump();
          }
          if (taken.do === "go") page.engine.sender.setActive(taken.online);
          if (taken.do === "close the page and come back" && storage) {
            // The end of the turn stores what was tracked in it.
            await Promise.resolve();
            page.hidden = true;
            page.engine.sender.pump();
            page.engine.sender.setActive(false);
            page.isGone = true;
            settled.refused += page.client.totals.refused;
            settled.queueFull += page.client.totals.dropped.queue_full ?? 0;
            server.forgetConnections();
            page = open();
            ledger = keepLedger(page.client);
          }
          checkBooks();
        }

        // Whatever it went through: once all is well it delivers the rest without being asked.
        server.mood = "well";
        page.hidden = false;
        page.engine.sender.setActive(true);
        await runtime.clock.advance(3_600_000);
        expect(page.client.totals.pending).toBe(0);
        expect(storage?.size ?? 0).toBe(0);
        expect(runtime.clock.timers).toBe(0);
        for (const flush of flushes) await flush;

        const { refused, dropped } = page.client.totals;
        const lost = settled.queueFull + (dropped.queue_full ?? 0);
        expect(handedOver).toEqual([]);
        expect(server.stored.size + settled.refused + refused + lost).toBeGreaterThanOrEqual(tracked);
        expect([...server.stored.values()].filter((copies) => copies > 1)).toEqual([]);
        expect(server.strangers).toEqual([]);
        const mayBeRefused = Array.from({ length: tracked }, (_, index) => index + 1).filter(isOdious).length;
        expect(settled.refused + refused).toBeLessThanOrEqual(mayBeRefused);

        function checkBooks(): void {
          const { accepted, recovered, delivered, refused, dropped, pending } = page.client.totals;
          const given = Object.values(dropped).reduce((sum, count) => sum + count, 0);
          expect(accepted + recovered).toBe(delivered + refused + given + pending);
          if (recovered > 0) return;
          expect(ledger.violations).toEqual([]);
          expect(ledger.counts).toEqual({ accepted, delivered, refused, dropped: given });
        }
      },
    ),
    { numRuns: RUNS },
  );
}, 1_800_000);
