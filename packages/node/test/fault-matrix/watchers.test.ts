import { appendFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
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

/** What is added to a program's file. In one write: a watcher must not see it half changed. */
const CHANGE = "// changed";

const TRACK_AND_WAIT = `
  number = require("node:fs").readFileSync(__filename, "utf8").endsWith("${CHANGE}") ? 100 : 0;
  trackMany(100);
  console.log("ready after", number);
  setTimeout(() => {}, 60_000);`;

/** Events 1 to 100 are tracked when it resolves. */
async function startUnder(watcher: Watcher): Promise<RunningProgram> {
  const program = await startProgram({
    apiUrl: server.url,
    does: TRACK_AND_WAIT,
    nodeArguments: watcher.arguments,
  });
  onTestFinished(() => {
    program.child.kill("SIGKILL");
  });
  await program.printed("ready after 100");
  await program.printed(watcher.isWatching);
  return program;
}

/** Events 101 to 200 are tracked by the next process when it resolves. */
async function restartByChange({ file, printed }: RunningProgram): Promise<void> {
  await appendFile(file, CHANGE);
  await printed("ready after 200");
}

beforeEach(() => server.always(() => ({ afterMs: 300 })));

/** The next process may be there before the last one has ended. */
const restarts = async (watcher: Watcher): Promise<void> => {
  const program = await startUnder(watcher);
  await restartByChange(program);
  if (watcher === nodemon) expect(server.stored).toEqual(upTo(100));
  await server.waitForAll(upTo(100));
  program.child.kill("SIGTERM");
  await program.end;
};

const ends = async (watcher: Watcher): Promise<void> => {
  const { child, end } = await startUnder(watcher);
  child.kill("SIGTERM");
  await end;
  expect(server.stored).toEqual(upTo(100));
};

describe("a restart by a watcher flushes", () => {
  it("by node --watch", () => restarts(node));
  it("by tsx watch", () => restarts(tsx));
  // It sends SIGTERM twice, some milliseconds apart.
  it("by nodemon --signal SIGTERM", () => restarts(nodemon));
});

describe("the end of a watcher by SIGTERM flushes", () => {
  it("that of node --watch", () => ends(node));
  it("that of tsx watch", () => ends(tsx));
  // It sends SIGTERM, SIGINT and SIGINT within 30 ms.
  it("that of nodemon", () => ends(nodemon));
});
