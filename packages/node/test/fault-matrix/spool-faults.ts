import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { SegOpsClient } from "../../src/index";
import { startFaultServer } from "../support/fault-server";
import { runProgram } from "../support/run-program";
import { countStored, type FaultCase, upTo } from "./fault-case";
import { killRounds } from "./kill-rounds";
import { mayUnshare, UNSHARE, withFileSystem } from "./namespaces";

const EVENTS = 1_000;
const KILL_ROUNDS = Number(process.env.SEGOPS_KILL_ROUNDS ?? 20);

const skip = mayUnshare("--mount") ? undefined : "a file system of its own needs the right to unshare";

/** A process whose spool is in a file system that cannot take its events. */
const brokenDisk = (fault: string, mountOptions: string): FaultCase => ({
  fault,
  skip,
  async run() {
    const directory = await mkdtemp(join(tmpdir(), "segops-spool-"));
    const server = await startFaultServer();
    const { code, stdout, stderr } = await runProgram({
      apiUrl: server.url,
      options: `spool: { directory: ${JSON.stringify(directory)} },`,
      does: `trackMany(${EVENTS}); await client.shutdown(); console.log(JSON.stringify(client.totals));`,
      node: UNSHARE,
      nodeArguments: withFileSystem(directory, mountOptions),
    });
    await server.close();
    await rm(directory, { recursive: true });
    expect(code, stderr).toBe(0);
    const totals: SegOpsClient["totals"] = JSON.parse(stdout);
    const lines = stderr.trim().split("\n");
    expect(lines, stderr).toHaveLength(1);
    return {
      ...countStored(server, upTo(EVENTS)),
      refused: totals.refused,
      dropped: Object.values(totals.dropped).reduce((sum, count) => sum + count, 0),
      kept: totals.pending,
      note: `says so once: ${/spool_\w+/.exec(stderr)?.[0]}, ${/\bE[A-Z]+/.exec(stderr)?.[0]}`,
    };
  },
});

export const spoolFaults: readonly FaultCase[] = [
  {
    fault: "SIGKILL at random moments, with spool",
    run: () => killRounds({ processes: 1, rounds: KILL_ROUNDS }),
  },
  {
    fault: "SIGKILL during an outage, with spool",
    run: () => killRounds({ processes: 1, rounds: 5, outage: true }),
  },
  {
    fault: "two processes on one spool, killed",
    run: () => killRounds({ processes: 2, rounds: 4 }),
  },
  {
    fault: "eight processes on one spool, killed",
    run: () => killRounds({ processes: 8, rounds: 2 }),
  },
  brokenDisk("disk full, with spool", "size=64k"),
  brokenDisk("read-only directory, with spool", "ro"),
];
