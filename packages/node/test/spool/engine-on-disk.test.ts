import path from "node:path";
import { createEngine } from "@segops/core";
import { createTestRuntime, type TestRuntime } from "@segops/core/testing";
import { describe, expect, it } from "vitest";
import { resolveSpoolOptions } from "../../src/spool/spool-options";
import { createSpoolQueue } from "../../src/spool/spool-queue";
import { hide } from "./support/hide";
import { createMachine, filesIn, range, temporaryFolder } from "./support/open-spool";

/** A client with a spool, in a process that can be killed. */
function startClient(directory: string, machine = createMachine()) {
  const processes = machine.startProcess();
  const options = resolveSpoolOptions({ directory });
  if (!options) throw new Error("no spool");
  const runtime: TestRuntime = createTestRuntime();
  const { clock, transport } = runtime;
  const { client, end } = createEngine(
    { apiUrl: "https://api.segops.test", apiKey: "sk_test_key", onError: () => {} },
    {
      ...runtime,
      createQueue: (settings) =>
        createSpoolQueue(
          // Keys that differ from those of the process before.
          { ...settings, newKey: () => `${processes.describe().pid}-${settings.newKey()}` },
          options,
          { clock, scheduler: clock, destination: "test", processes },
        ),
    },
  );
  return {
    client,
    clock,
    transport,
    end,
    trackMany(from: number, to: number) {
      for (const number of range(from, to)) {
        client.track({ userId: "ada", eventType: "page_viewed", payload: { number } });
      }
    },
    kill: () => machine.kill(processes),
    received: () => transport.received.map(({ payload }) => payload?.number),
    keysOf: (index: number) => transport.requests[index]?.headers["idempotency-key"],
  };
}

describe("a client with a spool", () => {
  it("sends what a killed one left: the same bytes under the same key first, in order, without being asked", async () => {
    const directory = temporaryFolder();
    const machine = createMachine();
    const before = startClient(directory, machine);
    before.transport.fallback("hang");
    before.trackMany(1, 30);
    await before.clock.advance(0);
    expect(before.transport.requests).toHaveLength(1);
    before.trackMany(31, 40);
    before.kill();

    const after = startClient(directory, machine);
    expect(after.client.totals).toMatchObject({ accepted: 0, recovered: 40, pending: 40 });
    await after.clock.advance(5_000);
    expect(after.received()).toEqual(range(1, 40));
    expect(after.transport.requests[0]?.body).toBe(before.transport.requests[0]?.body);
    expect(after.keysOf(0)).toBe(before.keysOf(0));
    expect(after.client.totals).toMatchObject({ recovered: 40, delivered: 40, pending: 0 });
  });

  it("keeps at shutdown what it cannot deliver, for the next client", async () => {
    const directory = temporaryFolder();
    const before = startClient(directory);
    before.transport.fallback(503);
    before.trackMany(1, 1_200);
    const closed = before.client.shutdown();
    await before.clock.advance(10_000);
    expect(await closed).toEqual({ delivered: 0, refused: 0, pending: 1_200 });
    expect(before.client.totals).toMatchObject({ dropped: {}, pending: 1_200 });
    expect(before.clock.timers).toBe(0);

    const after = startClient(directory);
    await after.client.flush();
    await after.client.shutdown();
    expect(after.received()).toEqual(range(1, 1_200));
    expect(filesIn(directory)).toEqual([]);
  });

  it("does not wait for a file that cannot be read, and sends what is in it once it can be", async () => {
    const directory = temporaryFolder();
    const before = startClient(directory);
    before.transport.fallback(503);
    before.trackMany(1, 100);
    const closed = before.client.shutdown();
    await before.clock.advance(10_000);
    await closed;
    const { client, clock, trackMany, received } = startClient(directory);
    const show = hide(path.join(directory, filesIn(directory, ".events")[0] ?? ""));
    trackMany(101, 110);
    expect(await client.flush()).toEqual({ delivered: 10, refused: 0, pending: 100 });
    show();
    await clock.advance(20_000);
    expect(received()).toEqual([...range(101, 110), ...range(1, 100)]);
    await client.shutdown();
  });

  it("delivers the backlog of an outage in full batches, oldest first, one request at a time until one is through", async () => {
    const { client, clock, transport, trackMany, received } = startClient(temporaryFolder());
    transport.fallback(503);
    for (let minute = 0; minute < 60; minute++) {
      trackMany(minute * 100 + 1, minute * 100 + 100);
      await clock.advance(60_000);
    }
    const inOutage = transport.requests.length;
    expect(inOutage).toBeLessThan(60);
    transport.fallback(202);
    await clock.advance(300_000);
    expect(client.totals).toMatchObject({ delivered: 6_000, pending: 0 });
    expect([...received()].sort((a, b) => Number(a) - Number(b))).toEqual(range(1, 6_000));
    expect(transport.requests.length - inOutage).toBeLessThan(80);
    await client.shutdown();
  });
});
