import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createManualClock } from "@segops/core/testing";
import { describe, expect, it } from "vitest";
import { nodeProcesses, type OwnerRecord } from "../../src/spool/processes";
import {
  addMany,
  atTheEnd,
  deliverAll,
  filesIn,
  numbersIn,
  openSpool,
  range,
  takeAll,
  temporaryFolder,
} from "./support/open-spool";

const onLinux = process.platform === "linux";

/** A spool with ten events whose owner is this thread, but for what a test changes in its record. */
function spoolOwnedBy(change: Partial<OwnerRecord>) {
  const directory = temporaryFolder();
  const { queue, clock } = openSpool({ directory, processes: nodeProcesses });
  atTheEnd(() => queue.close?.());
  addMany(queue, 1, 10);
  const fileNamed = (name: string): string => path.join(directory, filesIn(directory, name)[0] ?? "");
  const file = fileNamed("owner.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...change }));
  const beat = fileNamed("beat");
  const silentFor = (ms: number): void =>
    writeFileSync(beat, String(Number(readFileSync(beat)) - ms * 1_000));
  return { directory, queue, clock, silentFor };
}

/** How many events another client finds at once, and after ten minutes of waiting. */
async function found(directory: string): Promise<[number, number]> {
  const clock = createManualClock();
  const { queue } = openSpool({ directory, processes: nodeProcesses, clock });
  atTheEnd(() => queue.close?.());
  const atOnce = queue.size;
  await clock.advance(600_000);
  return [atOnce, queue.size];
}

describe.runIf(onLinux)("an owner in sight", () => {
  it("keeps its part for as long as it lives, however long it is silent", async () => {
    const { directory, silentFor } = spoolOwnedBy({});
    silentFor(3_600_000);
    expect(await found(directory)).toEqual([0, 0]);
  });

  it("is dead when there is no such thread", async () => {
    expect(await found(spoolOwnedBy({ pid: 2 ** 22 + 1, tid: 2 ** 22 + 1 }).directory)).toEqual([10, 10]);
  });

  it("is dead when its number was given to another process since", async () => {
    expect(await found(spoolOwnedBy({ startTicks: "1" }).directory)).toEqual([10, 10]);
  });

  it("is dead when the machine has been started again since", async ({ skip }) => {
    if (!nodeProcesses.describe().machine) return skip("this machine has no name of its own");
    expect(await found(spoolOwnedBy({ kernel: "an earlier run" }).directory)).toEqual([10, 10]);
  });
});

describe("an owner out of sight", () => {
  const otherHost = { host: "elsewhere", kernel: "another", machine: "another" };

  it("lives while its heart beats", async () => {
    const { directory, clock } = spoolOwnedBy(otherHost);
    const other = openSpool({ directory, processes: nodeProcesses });
    atTheEnd(() => other.queue.close?.());
    for (let minute = 0; minute < 10; minute++) {
      await clock.advance(60_000);
      await other.clock.advance(60_000);
    }
    expect(other.queue.size).toBe(0);
  });

  it("is dead after a minute of silence by the clock of whoever listens", async () => {
    const { directory } = spoolOwnedBy(otherHost);
    expect(await found(directory)).toEqual([0, 10]);
  });

  it("is not dead because somebody set the clock", async () => {
    const { directory } = spoolOwnedBy(otherHost);
    const other = openSpool({ directory, processes: nodeProcesses });
    atTheEnd(() => other.queue.close?.());
    other.clock.setWallClock(Date.UTC(2040, 0, 1));
    await other.clock.advance(30_000);
    expect(other.queue.size).toBe(0);
  });

  it.runIf(onLinux)("in another container of this machine is known to be dead at once", async () => {
    const live = spoolOwnedBy({ namespace: "pid:[1]" });
    expect((await found(live.directory))[0]).toBe(0);
    const dead = spoolOwnedBy({ namespace: "pid:[1]" });
    dead.silentFor(61_000);
    expect(await found(dead.directory)).toEqual([10, 10]);
  });

  it("that was only frozen loses nothing, and sends sealed batches under their keys", async () => {
    const { directory, queue } = spoolOwnedBy(otherHost);
    const [sealed] = takeAll(queue);
    const clock = createManualClock();
    const other = openSpool({ directory, processes: nodeProcesses, clock });
    atTheEnd(() => other.queue.close?.());
    await clock.advance(600_000);
    const [adopted] = takeAll(other.queue);
    expect(adopted?.key).toBe(sealed?.key);

    addMany(queue, 11, 20);
    queue.seal();
    if (sealed) queue.settle(sealed);
    expect(deliverAll(queue)).toEqual(range(11, 20));
    expect(adopted && numbersIn([adopted])).toEqual(range(1, 10));
  });
});

describe("clients of one process", () => {
  it("have a part each, and take over what a closed one left without waiting for a start", async () => {
    const directory = temporaryFolder();
    const one = openSpool({ directory, processes: nodeProcesses });
    const other = openSpool({ directory, processes: nodeProcesses });
    addMany(one.queue, 1, 10);
    await other.clock.advance(60_000);
    expect(other.queue.size).toBe(0);
    one.queue.close?.();
    await other.clock.advance(30_000);
    expect(other.recovered).toEqual([10]);
    addMany(other.queue, 11, 12);
    expect(deliverAll(other.queue)).toEqual(range(1, 12));
    other.queue.close?.();
    expect(filesIn(directory)).toEqual([]);
  });

  it("hold no process with their timers", () => {
    const { queue, clock } = openSpool();
    addMany(queue, 1, 10);
    expect(clock.keepAliveTimers).toBe(0);
    queue.close?.();
    expect(clock.timers).toBe(0);
  });
});
