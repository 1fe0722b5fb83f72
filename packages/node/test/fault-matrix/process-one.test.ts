import { readFile } from "node:fs/promises";
import { constants } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../support/fault-server";
import { startProgram } from "../support/run-program";
import { upTo } from "./fault-case";
import { mayUnshare, UNSHARE } from "./namespaces";

/** The options of `unshare` that make a program process 1, as in a container without an init. */
const AS_PROCESS_ONE = ["--pid", "--fork", "--mount-proc"];
const isAllowed = mayUnshare(...AS_PROCESS_ONE);
let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

const title = "as process 1 of a container";

describe.skipIf(!isAllowed)(
  isAllowed ? title : `${title} (skipped: this user may not unshare ${AS_PROCESS_ONE.join(" ")})`,
  () => {
    // No signal of its own can end process 1: only exit() can.
    it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s flushes and ends it", async (signal) => {
      const { child, printed, end } = await startProgram({
        apiUrl: server.url,
        does: "trackMany(100); console.log('ready as', process.pid); setTimeout(() => {}, 60_000);",
        node: UNSHARE,
        nodeArguments: [...AS_PROCESS_ONE, process.execPath],
      });
      await printed("ready as 1\n");
      process.kill(await onlyChildOf(child.pid), signal);
      expect(await end).toMatchObject({ code: 128 + constants.signals[signal], stderr: "" });
      expect(server.stored).toEqual(upTo(100));
    });

    it("process.exit() flushes", async () => {
      const { end } = await startProgram({
        apiUrl: server.url,
        does: "trackMany(100); process.exit(3);",
        node: UNSHARE,
        nodeArguments: [...AS_PROCESS_ONE, process.execPath],
      });
      expect(await end).toMatchObject({ code: 3, stderr: "" });
      expect(server.stored).toEqual(upTo(100));
    });
  },
);

async function onlyChildOf(pid: number | undefined): Promise<number> {
  return Number(await readFile(`/proc/${pid}/task/${pid}/children`, "utf8"));
}
