import { describe, expect, test } from "vitest";
import { dataFolder, runCommand } from "./support/command";
import { batch, get, localServer, pageViewed, sessionFor, track } from "./support/local-server";

const key = { "Idempotency-Key": "batch-1" };

describe("when the server is killed outright", () => {
  test("every event it answered for is there after a restart", async () => {
    const data = await dataFolder();
    const first = await runCommand("--port", "0", "--data", data);
    for (let n = 0; n < 5; n++)
      await batch(
        first,
        Array.from({ length: 100 }, () => pageViewed),
      );
    await batch(first, [pageViewed, { user_id: "no type" }], key);
    await first.end("SIGKILL");

    const second = await runCommand("--port", "0", "--data", data);
    expect((await get(second, "/local/counts")).body).toMatchObject({ good: 501, bad: 1 });
    await batch(second, [pageViewed, { user_id: "no type" }], key);
    expect((await get(second, "/local/counts")).body).toMatchObject({ good: 501, bad: 1, duplicates: 1 });
  });

  test("in the midst of many requests, each batch is there whole or not at all, and a repeat completes it", async () => {
    const data = await dataFolder();
    const batches = Array.from({ length: 60 }, (_, n) => ({
      events: Array.from({ length: 20 }, (_, i) => ({ ...pageViewed, payload: { batch: n, event: i } })),
      headers: { "Idempotency-Key": `batch-${n}` },
    }));
    const first = await runCommand("--port", "0", "--data", data);
    let answered = 0;
    let killed: Promise<unknown> | undefined;
    await Promise.allSettled(
      batches.map(async ({ events, headers }) => {
        await batch(first, events, headers);
        answered += 1;
        if (answered === 20) killed = first.end("SIGKILL");
      }),
    );
    await killed;

    const second = await localServer({ dataDirectory: data });
    const { good } = await second.counts();
    expect(good % 20).toBe(0);
    expect(good).toBeGreaterThanOrEqual(20 * answered);
    for (const { events, headers } of batches) await batch(second, events, headers);
    expect(await second.counts()).toMatchObject({ good: 60 * 20 });
  });
});

test("session tokens outlive a restart", async () => {
  const data = await dataFolder();
  const first = await runCommand("--port", "0", "--data", data);
  const session = await sessionFor(first, { user_id: "ada" });
  await first.end("SIGTERM");
  const second = await localServer({ dataDirectory: data });
  expect((await track(second, pageViewed, session)).status).toBe(202);
});
