import { expect, it } from "vitest";
import { runProgram } from "../support/run-program";
import { startTroubledServer } from "./troubled-server";

/** The full size is ten million; the test command does with less. */
const EVENTS = Number(process.env.SEGOPS_SOAK_EVENTS ?? 200_000);
const SAMPLES = 10;
/** What one run of the collector leaves behind or not. */
const NOISE_MB = 12;

it("sends millions of events through random trouble with a flat heap, and lets go of everything", async () => {
  const server = await startTroubledServer(EVENTS, 20_261_124);
  const { code, stdout, stderr } = await runProgram({
    apiUrl: server.url,
    options: "onError: () => {},",
    nodeArguments: ["--expose-gc"],
    does: `
      const heaps = [];
      for (let sample = 1; sample <= ${SAMPLES}; sample++) {
        while (number < ${EVENTS / SAMPLES} * sample) {
          trackMany(Math.min(1_000, ${EVENTS / SAMPLES} * sample - number));
          await new Promise(setImmediate);
          while (client.totals.pending > 20_000) await client.flush();
        }
        while (client.totals.pending > 0) await client.flush();
        // Batches wait as bytes outside the heap, which are given back a moment after their collection.
        for (let round = 0; round < 3; round++) {
          globalThis.gc();
          await new Promise(setImmediate);
        }
        const { heapUsed, external } = process.memoryUsage();
        heaps.push((heapUsed + external) / 1e6);
      }
      await client.shutdown();
      const handles = process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY)Wrap|Immediate$/.test(name));
      console.log(JSON.stringify({ heaps, handles, totals: client.totals }));`,
  });
  server.heal();
  await server.close();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { heaps, handles, totals } = JSON.parse(stdout);
  const { stored, storedTwice, faults } = server.counts();
  console.log(
    `${EVENTS} events; trouble: ${JSON.stringify(faults)}; memory in MB: ${heaps.map((mb: number) => mb.toFixed(1)).join(" ")}`,
  );
  expect(totals).toMatchObject({ accepted: EVENTS, delivered: EVENTS, refused: 0, pending: 0, dropped: {} });
  expect({ stored, storedTwice }).toEqual({ stored: EVENTS, storedTwice: 0 });
  expect(handles).toEqual([]);
  expect(Math.max(...heaps)).toBeLessThan(heaps[0] + NOISE_MB);
}, 3_600_000);
