import fc from "fast-check";
import { expect, it } from "vitest";
import { createClient, type TrackInput } from "../src/index";
import { createTestRuntime } from "../src/testing/index";
import { keepLedger } from "./support/event-ledger";
import { createModelServer, isOdious, type Mood } from "./support/model-server";
import { event } from "./support/start-client";
import { utf8 } from "./support/utf8";

/** A few hundred in the test command; the nightly run asks for more. */
const RUNS = Number(process.env.SEGOPS_PROPERTY_RUNS ?? 300);

type Step =
  | { do: "track"; count: number }
  | { do: "let time pass"; ms: number }
  | { do: "change the server's mood"; mood: Mood }
  | { do: "flush" }
  | { do: "go"; signal: "online" | "offline" | "suspend" }
  | { do: "set the wall clock"; to: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("track" as const), count: fc.nat({ max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("track" as const), count: fc.nat({ max: 1_200 }) }) },
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
      mood: fc.constantFrom<Mood>(
        "well",
        "overloaded",
        "limited",
        "unreachable",
        "hanging",
        "answers get lost",
        "wrong key",
        "choosy",
        "small bodies only",
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("flush" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("go" as const),
      signal: fc.constantFrom("online" as const, "offline" as const, "suspend" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("set the wall clock" as const), to: fc.nat() }) },
);

it("settles every event once, whatever happens in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.boolean(),
      fc.constantFrom(undefined, utf8),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      async (steps, endsInTrouble, utf8OfRuntime, chance) => {
        const server = createModelServer();
        const runtime = {
          ...createTestRuntime({ random: () => chance.next().value ?? 0 }),
          transport: server,
          ...(utf8OfRuntime && { utf8: utf8OfRuntime }),
        };
        const { clock } = runtime;
        const handedOver: TrackInput[] = [];
        const client = createClient(
          {
            apiUrl: "https://api.segops.test",
            apiKey: "sk_test_key",
            maxQueueSize: 3_000,
            onError: () => {},
            onUndelivered: (events) => handedOver.push(...events),
          },
          runtime,
        );
        const ledger = keepLedger(client);
        let tracked = 0;
        const flushes: Promise<{ pending: number }>[] = [];

        for (const taken of steps) {
          if (taken.do === "track") for (let i = 0; i < taken.count; i++) client.track(event(++tracked));
          if (taken.do === "let time pass") await clock.advance(taken.ms);
          if (taken.do === "change the server's mood") server.mood = taken.mood;
          if (taken.do === "flush") flushes.push(client.flush());
          if (taken.do === "go") runtime.signal(taken.signal);
          if (taken.do === "set the wall clock") clock.setWallClock(taken.to);
          checkBooks();
        }

        if (!endsInTrouble) {
          // Whatever it went through: once all is well it delivers the rest without being asked.
          server.mood = "well";
          runtime.signal("online");
          await clock.advance(3_600_000);
          expect(client.totals.pending).toBe(0);
          expect(clock.timers).toBe(0);
        }
        const closed = client.shutdown();
        await clock.advance(10_000);
        await closed;
        for (const flush of flushes) await flush;
        checkBooks();

        const { delivered, refused, dropped, pending } = client.totals;
        expect(pending).toBe(0);
        expect(clock.keepAliveTimers).toBe(0);
        expect(handedOver).toHaveLength(dropped.undelivered ?? 0);
        expect(delivered + refused + (dropped.queue_full ?? 0) + handedOver.length).toBe(tracked);
        expect([...server.stored.values()].filter((copies) => copies > 1)).toEqual([]);
        expect(server.stored.size).toBeGreaterThanOrEqual(delivered);
        const mayBeRefused = Array.from({ length: tracked }, (_, index) => index + 1).filter(isOdious).length;
        expect(refused).toBeLessThanOrEqual(mayBeRefused);

        function checkBooks(): void {
          const { accepted, delivered, refused, dropped, pending } = client.totals;
          const given = Object.values(dropped).reduce((sum, count) => sum + count, 0);
          expect(ledger.violations).toEqual([]);
          expect(accepted).toBe(delivered + refused + given + pending);
          expect(ledger.counts).toEqual({ accepted, delivered, refused, dropped: given });
        }
      },
    ),
    { numRuns: RUNS },
  );
}, 1_800_000);
