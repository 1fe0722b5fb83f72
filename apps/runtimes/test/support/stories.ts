import { expect } from "vitest";
import type { Story } from "./run-story";

/** What each program tracks. */
export const EVENTS = 100;

const clean = { code: 0, signal: null, stderr: "" };
const untilSignalled = "console.log('ready'); setTimeout(() => {}, 60_000);";
const report = JSON.stringify({ delivered: EVENTS, refused: 0, pending: 0 });

/** A thread does the tracking, and ends itself. */
const inThread = `
  const { isMainThread, Worker } = require("node:worker_threads");
  if (isMainThread) {
    const thread = new Worker(process.execArgv.at(-1), { eval: true, execArgv: [] });
    thread.on("exit", (code) => console.log("thread ended with", code));
  } else {
    trackMany(${EVENTS});
    process.exit(5);
  }`;

export const stories: readonly Story[] = [
  { title: "natural end", module: "import", does: `trackMany(${EVENTS});`, ends: clean },
  { title: "natural end (require)", module: "require", does: `trackMany(${EVENTS});`, ends: clean },
  {
    title: "flush()",
    module: "import",
    does: `trackMany(${EVENTS}); console.log(JSON.stringify(await client.flush()));`,
    ends: { ...clean, stdout: `${report}\n` },
  },
  {
    title: "shutdown()",
    module: "import",
    does: `trackMany(${EVENTS}); console.log(JSON.stringify(await client.shutdown()));`,
    ends: { ...clean, stdout: `${report}\n` },
  },
  {
    title: "process.exit()",
    module: "import",
    does: `trackMany(${EVENTS}); process.exit(3);`,
    ends: { ...clean, code: 3 },
  },
  {
    title: "crash",
    module: "import",
    does: `trackMany(${EVENTS}); setImmediate(() => { throw new TypeError("the host has a bug"); });`,
    ends: { code: 1, signal: null, stderr: expect.stringContaining("TypeError: the host has a bug") },
  },
  ...(["SIGTERM", "SIGINT", "SIGHUP"] as const).map(
    (signal): Story => ({
      title: signal,
      module: "import",
      does: `trackMany(${EVENTS}); ${untilSignalled}`,
      signal,
      ends: { code: null, signal, stderr: "" },
    }),
  ),
  {
    title: "thread's exit",
    module: "require",
    does: inThread,
    ends: { ...clean, stdout: "thread ended with 5\n" },
  },
  {
    title: "SIGKILL, spool",
    module: "import",
    does: `trackMany(${EVENTS}); process.kill(process.pid, "SIGKILL");`,
    ends: { code: null, signal: "SIGKILL", stderr: "" },
    next: "",
  },
];
