import { describe, expect, it } from "vitest";
import { nodeProcesses } from "../../src/spool/processes";
import { deliverAll, filesIn, openSpool, range, temporaryFolder } from "./support/open-spool";
import { startChild } from "./support/run-child";

/** A dozen in the test command; the nightly run asks for more. */
const ROUNDS = Number(process.env.SEGOPS_KILL_ROUNDS ?? 12);
const RANGE = 1_000_000;
/** A kill may cut a write off between two pages: that event was not acknowledged, and whoever finds it says so. */
const TORN_LINE = /^spool_damaged: 1 line/;

describe("a process that is killed by SIGKILL", () => {
  it(`keeps every event that was acknowledged, once, in order: ${ROUNDS} kills at random moments`, async () => {
    const directory = temporaryFolder();
    const acknowledged: number[] = [];
    const reports: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const child = await startChild("write", directory, round * RANGE);
      await child.said(1 + Math.floor(Math.random() * 2_000));
      child.process.kill("SIGKILL");
      await child.end;
      acknowledged.push(...child.lines.map(Number));
      reports.push(...child.reports);
    }
    const { queue, troubles } = openSpool({ directory, processes: nodeProcesses });
    const found = deliverAll(queue);
    queue.close?.();

    const isFound = new Set(found);
    const wasAcknowledged = new Set(acknowledged);
    expect(acknowledged.filter((number) => !isFound.has(number))).toEqual([]);
    expect(found.filter((number) => wasAcknowledged.has(number))).toEqual(acknowledged);
    // One event of each life may be written and not acknowledged yet.
    expect(found.length - acknowledged.length).toBeLessThanOrEqual(ROUNDS);
    expect(isFound.size).toBe(found.length);
    reports.push(...troubles.map(({ code, message }) => `${code}: ${message}`));
    expect(reports.filter((report) => !TORN_LINE.test(report))).toEqual([]);
    expect(filesIn(directory)).toEqual([]);
  }, 600_000);
});

describe("processes that share a directory", () => {
  it("take over what the dead left, each part by one of them", async () => {
    const directory = temporaryFolder();
    const dead = await startChild("leave", directory, 1, 25);
    await dead.end;

    const heirs = await Promise.all(range(1, 8).map(() => startChild("adopt", directory)));
    for (const heir of heirs) await heir.said(1);
    for (const heir of heirs) heir.process.stdin?.write("go\n");
    const found: number[] = [];
    for (const { end, process, lines } of heirs) {
      while (lines.at(-1) !== "done") {
        await Promise.race([end, new Promise((resolve) => process.stdout?.once("data", resolve))]);
        if (process.exitCode !== null) break;
      }
      found.push(...lines.slice(1, -1).map(Number));
    }
    expect(found.sort((a, b) => a - b)).toEqual(range(1, 250));
    expect(heirs.flatMap(({ reports }) => reports)).toEqual([]);
    for (const heir of heirs) heir.process.stdin?.end("close\n");
    for (const heir of heirs) await heir.end;
    expect(filesIn(directory)).toEqual([]);
  });

  it("leave each other alone while they live", async () => {
    const directory = temporaryFolder();
    const writer = await startChild("write", directory, 1);
    await writer.said(100);
    const { queue } = openSpool({ directory, processes: nodeProcesses });
    expect(queue.size).toBe(0);
    queue.close?.();
  });

  it("may be threads: one that has ended is told from one that lives", async ({ skip }) => {
    if (process.platform !== "linux")
      return skip("only Linux tells which threads live; elsewhere it takes a minute");
    const child = await startChild("thread", temporaryFolder());
    await child.end;
    expect(child.lines).toEqual(["the thread found 0", "beside it 0", "after it 10"]);
    expect(child.reports).toEqual([]);
  });
});
