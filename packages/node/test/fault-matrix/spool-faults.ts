import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { SegOpsClient } from "../../src/index";
import { startFaultServer } from "../support/fault-server";
import { runProgram } from "../support/run-program";
import { countStored, type FaultCase, upTo } from "./fault-case";
import { killRounds } from "./kill-rounds";
import { mayUnshare, withFileSystem } from "./namespaces";

const EVENTS = 1_000;
const KILL_ROUNDS = Number(process.env.SEGOPS_KILL_ROUNDS ?? 20);

/** A client that knows of a spool refuses this one. */
const knowsSpool = (() => {
  const nonsense = { apiUrl: "http://127.0.0.1:1", apiKey: "sk_test_key", spool: "nonsense" };
  try {
    void new SegOpsClient(nonsense).shutdown();
    return false;
  } catch {
    return true;
  }
})();
const withoutSpool = knowsSpool ? undefined : "the client has no spool yet";
const withoutMount = mayUnshare("--mount")
  ? undefined
  : "a file system of its own needs the right to unshare";
const skip = withoutSpool ?? withoutMount;

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
      node: "unshare",
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
      note: lines[0]?.slice(0, 100) ?? "",
    };
  },
});

export const spoolFaults: readonly FaultCase[] = [
  {
    fault: "SIGKILL at random moments, with spool",
    skip: withoutSpool,
    run: () => killRounds({ processes: 1, rounds: KILL_ROUNDS }),
  },
  {
    fault: "two processes on one spool, killed",
    skip: withoutSpool,
    run: () => killRounds({ processes: 2, rounds: 4 }),
  },
  {
    fault: "eight processes on one spool, killed",
    skip: withoutSpool,
    run: () => killRounds({ processes: 8, rounds: 2 }),
  },
  brokenDisk("disk full, with spool", "size=64k"),
  brokenDisk("read-only directory, with spool", "ro"),
];
