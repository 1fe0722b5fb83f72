import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "./support/fault-server";
import { type ProgramOptions, runProgram, startProgram } from "./support/run-program";

const require = createRequire(import.meta.url);
let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

const run = (does: string, more: Partial<ProgramOptions> = {}) =>
  runProgram({ apiUrl: server.url, does, ...more });
const start = (does: string, more: Partial<ProgramOptions> = {}) =>
  startProgram({ apiUrl: server.url, does, ...more });
/** Node's permission model, which lets a program read and nothing else. */
const WITHOUT_THREADS = [
  process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission",
  "--allow-fs-read=*",
];
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const stored = () => [...server.stored].sort((a, b) => a - b);

describe("when the script simply ends", () => {
  it("everything is flushed before it exits", async () => {
    expect(await run("trackMany(100);")).toMatchObject({ code: 0, stderr: "" });
    expect(stored()).toEqual(upTo(100));
  });

  it("an idle client does not keep it alive", async () => {
    expect(await run("trackMany(1); await client.flush();")).toMatchObject({ code: 0 });
  });

  it("retries go on until it works", async () => {
    server.next({ status: 503 }, "reset");
    expect(await run("trackMany(100);")).toMatchObject({ code: 0 });
    expect(stored()).toEqual(upTo(100));
  });

  it("a server that stays away holds it up for shutdownTimeout and no longer; the events are handed over", async () => {
    server.always(() => ({ status: 503 }));
    const options =
      "shutdownTimeout: 700, onError: () => {}, onUndelivered: (events) => console.log('left', events.length),";
    expect(await run("trackMany(100);", { options })).toMatchObject({ code: 0, stdout: "left 100\n" });
  });

  it("a top-level wait for a flush that has to retry is not cut short", async () => {
    server.next({ status: 503 }, { status: 503 });
    const end = await run("trackMany(3); console.log(JSON.stringify(await client.flush()));", {
      options: "exitFlush: false, handleSignals: false,",
    });
    expect(end.stdout).toBe('{"delivered":3,"refused":0,"pending":0}\n');
  });
});

describe("when the process exits straight after track()", () => {
  it("everything is flushed, and the exit code stays", async () => {
    expect(await run("trackMany(1200); process.exit(3);")).toMatchObject({ code: 3, stderr: "" });
    expect(stored()).toEqual(upTo(1_200));
  });

  it("a clock that a test of the host's has stopped does not hold it up for longer", async () => {
    server.always(() => "hang");
    const stopped = "globalThis.performance = { now: () => 0 }; performance.now(); Date.now = () => 0;";
    const options = "shutdownTimeout: 500, onUndelivered: (events) => console.log('left', events.length),";
    const end = await run(`${stopped} trackMany(2); process.exit(3);`, { options });
    expect(end).toMatchObject({ code: 3, stdout: "left 2\n" });
    // The first one took all the time there was.
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["with process.on()", "on"],
    ["with process.once()", "once"],
  ])("what the host tracks in an exit handler of its own, added %s, is sent too", async (_, add) => {
    const does = `process.${add}("exit", () => trackMany(1)); await null; trackMany(1); process.exit(3);`;
    expect(await run(does)).toMatchObject({ code: 3, stderr: "" });
    expect(stored()).toEqual([1, 2]);
  });

  it("an exit handler of the host that throws takes nothing away", async () => {
    const does = `process.on("exit", () => { throw new Error("of the host"); }); await null; trackMany(1); process.exit();`;
    const end = await run(does);
    expect(end.stderr).toContain("Error: of the host");
    expect(stored()).toEqual([1]);
  });

  it("where no thread may be started, the events are handed over, and it says why", async () => {
    const options = "onUndelivered: (events) => console.log('left', events.length),";
    const end = await run("trackMany(2); process.exit(3);", { options, nodeArguments: WITHOUT_THREADS });
    expect(end).toMatchObject({ code: 3, stdout: "left 2\n" });
    expect(end.stderr).toContain("[segops] exit_flush_failed: nothing can be sent at the exit any more");
  });

  it("what is under way is sent again under its key: nothing is lost, nothing is there twice", async () => {
    server.next({ afterMs: 200 });
    await run(
      "trackMany(20); await new Promise(setImmediate); trackMany(5); setTimeout(() => process.exit(), 50);",
    );
    expect(stored()).toEqual(upTo(25));
  });

  it("retries go on within the time there is", async () => {
    server.next({ status: 503 }, "reset", { status: 429, retryAfter: "1" });
    await run("trackMany(30); process.exit();");
    expect(stored()).toEqual(upTo(30));
  });

  it("one bad event is refused alone", async () => {
    server.always((numbers) => (numbers.includes(7) ? { status: 400 } : undefined));
    await run("trackMany(20); process.exit();", { options: "onError: () => {}," });
    expect(stored()).toEqual(upTo(20).filter((number) => number !== 7));
  });

  it("a hanging server costs shutdownTimeout, and the events are handed over", async () => {
    server.always(() => "hang");
    const options =
      "shutdownTimeout: 500, onError: () => {}, onUndelivered: (events) => console.log('left', events.length),";
    expect(await run("trackMany(30); process.exit(4);", { options })).toMatchObject({
      code: 4,
      stdout: "left 30\n",
    });
  });

  it("exitFlush: false leaves it to onUndelivered", async () => {
    const options = "exitFlush: false, onUndelivered: (events) => console.log('left', events.length),";
    expect(await run("trackMany(30); process.exit();", { options })).toMatchObject({ stdout: "left 30\n" });
    expect(server.requests).toHaveLength(0);
  });

  it("a worker thread that exits flushes its own events", async () => {
    const does = `
      const { Worker, isMainThread } = require("node:worker_threads");
      if (isMainThread) return new Worker(__filename).on("exit", (code) => console.log("thread ended with", code));
      trackMany(40);
      process.exit(5);`;
    expect(await run(does)).toMatchObject({ code: 0, stdout: "thread ended with 5\n" });
    expect(stored()).toEqual(upTo(40));
  });

  it("several clients are all flushed", async () => {
    await run("trackMany(10); trackMany(10, newClient()); trackMany(10, newClient()); process.exit();");
    expect(stored()).toEqual(upTo(30));
  });
});

describe("when the end itself is odd", () => {
  it("process.exit() in a beforeExit listener loses nothing", async () => {
    await run('process.on("beforeExit", () => process.exit(0)); trackMany(10);');
    expect(stored()).toEqual(upTo(10));
  });

  it("process.exit() in the middle of the flush at the natural end loses nothing", async () => {
    server.next({ status: 503 });
    await run('process.on("beforeExit", () => setTimeout(() => process.exit(0), 50)); trackMany(10);');
    expect(stored()).toEqual(upTo(10));
  });

  it("a host that tracks in its beforeExit listener comes to an end, with every event", async () => {
    const { code, stdout } = await run(
      'process.on("beforeExit", () => trackMany(1)); trackMany(1); process.on("exit", () => console.log(number));',
    );
    expect(code).toBe(0);
    expect(stored()).toEqual(upTo(Number(stdout)));
  });

  it("track() in the host's own exit listener is too late, and said to be", async () => {
    const options = "onError: ({ code }) => console.log(code),";
    const { stdout } = await run("process.on('exit', () => trackMany(1)); trackMany(1); process.exit();", {
      options,
    });
    expect(stdout).toBe("closed\n");
  });

  it("a client whose server hangs leaves the others their share of the time", async () => {
    const other = await startFaultServer();
    server.always(() => "hang");
    await run(`trackMany(3); trackMany(5, newClient({ apiUrl: "${other.url}" })); process.exit();`, {
      options: "shutdownTimeout: 1500, onError: () => {}, onUndelivered: () => {},",
    });
    expect([...other.stored].sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8]);
    await other.close();
  });

  it("nothing goes round a fetch of the host's own", async () => {
    const options =
      "fetch: () => new Promise(() => {}), onUndelivered: (events) => console.log('left', events.length),";
    expect(await run("trackMany(3); process.exit();", { options })).toMatchObject({ stdout: "left 3\n" });
    expect(server.requests).toHaveLength(0);
  });
});

describe("when the process crashes", () => {
  const crashes: [string, string][] = [
    [
      "an uncaught exception",
      "trackMany(100); setImmediate(() => { throw new TypeError('the host has a bug'); });",
    ],
    ["an unhandled rejection", "trackMany(100); Promise.reject(new TypeError('the host has a bug'));"],
  ];
  it.each(crashes)(
    "%s: everything is flushed, and the crash looks as it would without us",
    async (_, does) => {
      const withUs = await run(does);
      const requests = server.requests.length;
      const without = await run(does.replace("trackMany(100);", "/* no events */"));
      expect(requests).toBeGreaterThan(0);
      expect(stored()).toEqual(upTo(100));
      expect(withUs).toMatchObject({ code: 1, signal: null });
      expect(withUs.stderr).toContain("TypeError: the host has a bug");
      const anonymous = (text: string) =>
        text.replace(/segops-program-\w+/g, "").replace("/* no events */", "trackMany(100);");
      expect(anonymous(withUs.stderr)).toBe(anonymous(without.stderr));
      expect(withUs.code).toBe(without.code);
    },
  );

  it("a host that survives its exceptions keeps its client", async () => {
    const end = await run(`
      process.on("uncaughtException", () => trackMany(1));
      trackMany(1);
      setImmediate(() => { throw new Error("survived"); });`);
    expect(end).toMatchObject({ code: 0 });
    expect(stored()).toEqual([1, 2]);
  });
});

describe.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("when the process gets %s", (signal) => {
  const untilSignalled = "trackMany(100); console.log('ready'); setInterval(() => {}, 1e6);";

  it("everything is flushed, and then it ends by that signal", async () => {
    const { child, printed, end } = await start(untilSignalled);
    await printed("ready");
    child.kill(signal);
    expect(await end).toMatchObject({ code: null, signal, stderr: "" });
    expect(stored()).toEqual(upTo(100));
  });

  it("a handler of the host's decides; the flush runs beside it", async () => {
    const { child, printed, end } = await start(`
      process.on("${signal}", () => { setTimeout(() => { console.log("host cleaned up"); process.exit(9); }, 300); });
      ${untilSignalled}`);
    await printed("ready");
    child.kill(signal);
    await server.waitForStored(100);
    expect(await end).toMatchObject({ code: 9, stdout: "ready\nhost cleaned up\n" });
    expect(stored()).toEqual(upTo(100));
  });
});

describe("signals, further", () => {
  const forEver = "console.log('ready'); setInterval(() => {}, 1e6);";

  it("whoever goes on signalling does not have to wait", async () => {
    server.always(() => "hang");
    const { child, printed, end } = await start(`trackMany(30); ${forEver}`, {
      options: "shutdownTimeout: 1e6, onError: () => {},",
    });
    await printed("ready");
    const insist = setInterval(() => child.kill("SIGTERM"), 100);
    expect(await end).toMatchObject({ signal: "SIGTERM" });
    clearInterval(insist);
  });

  it("handleSignals: false leaves them alone", async () => {
    const { child, printed, end } = await start(`trackMany(10); ${forEver}`, {
      options: "handleSignals: false,",
    });
    await printed("ready");
    child.kill("SIGTERM");
    expect(await end).toMatchObject({ signal: "SIGTERM" });
    expect(server.requests).toHaveLength(0);
  });

  it("several clients are all flushed before the end", async () => {
    const { child, printed, end } = await start(`trackMany(10); trackMany(10, newClient()); ${forEver}`);
    await printed("ready");
    child.kill("SIGTERM");
    expect(await end).toMatchObject({ signal: "SIGTERM" });
    expect(stored()).toEqual(upTo(20));
  });

  it("two copies of the package in one process both flush, and the process ends", async () => {
    const { child, printed, end } = await start(`
      const sdk = require.resolve(Object.keys(require.cache).find((file) => file.endsWith("sdk.cjs")));
      const first = require.cache[sdk];
      delete require.cache[sdk];
      const { SegOpsClient: Second } = require(sdk);
      if (first === require.cache[sdk]) throw new Error("one copy only");
      trackMany(10);
      trackMany(10, new Second({ apiUrl: "${server.url}", apiKey: "sk_test_key" }));
      ${forEver}`);
    await printed("ready");
    child.kill("SIGTERM");
    expect(await end).toMatchObject({ signal: "SIGTERM" });
    expect(stored()).toEqual(upTo(20));
  });

  it("a library that listens to signals only to clean up (signal-exit) does not make it hang", async () => {
    const { child, printed, end } = await start(`
      const signalExit = require(${JSON.stringify(require.resolve("signal-exit"))});
      (signalExit.onExit ?? signalExit)(() => console.log("cleaned up"));
      trackMany(10);
      ${forEver}`);
    await printed("ready");
    child.kill("SIGTERM");
    expect(await end).toMatchObject({ signal: "SIGTERM", stdout: "ready\ncleaned up\n" });
    expect(stored()).toEqual(upTo(10));
  });

  it("a cluster's workers are flushed, each for itself", async () => {
    const does = `
      const cluster = require("node:cluster");
      if (cluster.isPrimary) {
        const workers = [cluster.fork(), cluster.fork()];
        let ready = 0;
        cluster.on("message", () => { if (++ready === 2) for (const worker of workers) worker.process.kill("SIGTERM"); });
        cluster.on("exit", (worker, code, signal) => console.log("worker ended by", signal));
        return;
      }
      number = cluster.worker.id * 100;
      trackMany(10);
      process.send("ready");`;
    const end = await run(does);
    expect(end.stdout).toBe("worker ended by SIGTERM\nworker ended by SIGTERM\n");
    expect(stored()).toEqual([...upTo(10).map((n) => n + 100), ...upTo(10).map((n) => n + 200)]);
  });
});
