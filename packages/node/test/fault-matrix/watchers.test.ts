import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../support/fault-server";
import { type RunningProgram, startProgram } from "../support/run-program";
import { upTo } from "./fault-case";

const require = createRequire(import.meta.url);
let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

interface Watcher {
  readonly arguments: readonly string[];
  /** What it prints when it would notice a change. */
  readonly isWatching: string;
}

const tsx: Watcher = { arguments: [require.resolve("tsx/cli"), "watch"], isWatching: "" };
const node: Watcher = { arguments: ["--watch"], isWatching: "" };
const nodemon: Watcher = {
  // Its own choice, SIGUSR2, ends a process as SIGKILL does.
  arguments: [require.resolve("nodemon/bin/nodemon.js"), "--verbose", "--signal", "SIGTERM"],
  isWatching: "[nodemon] watching 1 file",
};

/** Events 1 to 100 are tracked when it resolves. */
async function startUnder(watcher: Watcher): Promise<RunningProgram> {
  const program = await startProgram({
    apiUrl: server.url,
    does: "trackMany(100); console.log('ready after', number); setTimeout(() => {}, 60_000);",
    nodeArguments: watcher.arguments,
  });
  await program.printed("ready after 100");
  await program.printed(watcher.isWatching);
  return program;
}

/** Events 101 to 200 are tracked by the next process when it resolves. */
async function restartByChange({ file, printed }: RunningProgram): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("let number = 0", "let number = 100"));
  await printed("ready after 200");
}

describe.each([
  ["node --watch", node],
  ["tsx watch", tsx],
  ["nodemon --signal SIGTERM", nodemon],
] as const)("under %s", (_, watcher) => {
  it("a restart flushes", async () => {
    const program = await startUnder(watcher);
    await restartByChange(program);
    await server.waitForAll(upTo(100));
    program.child.kill("SIGTERM");
    await program.end;
  });
});

describe("when the watcher itself gets SIGTERM", () => {
  const endOf = async (watcher: Watcher): Promise<void> => {
    server.always(() => ({ afterMs: 300 }));
    const { child, end } = await startUnder(watcher);
    child.kill("SIGTERM");
    await end;
    expect(server.stored).toEqual(upTo(100));
  };

  it("tsx watch waits for the flush", () => endOf(tsx));
  it("node --watch waits for the flush", () => endOf(node));

  // It sends SIGTERM, SIGINT and SIGINT within 30 ms. The second one is taken for impatience: the events are lost.
  it.fails("nodemon waits for the flush", () => endOf(nodemon));
});
