import { spawn } from "node:child_process";

/**
 * @typedef {object} Outcome
 * @property {number} code 128 + signal number when the program ended by a signal
 * @property {string} output what it printed, when captured
 */

const windows = process.platform === "win32";
const signalNumbers = /** @type {const} */ ({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGKILL: 9 });
/** Time a program has to end by itself after Ctrl-C. */
const graceMs = 15_000;

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
/** @type {number | undefined} */
let interruptedAt;

/** Whether the user asked us to stop. */
export const interrupted = () => interruptedAt !== undefined;

/**
 * Every program gets a process group of its own, so that Ctrl-C reaches it exactly once (a terminal and
 * npm would both deliver it) and nothing it started outlives it.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (windows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  const now = Date.now();
  if (interruptedAt !== undefined) {
    // npm forwards the signal the terminal has sent already; only a later one is the user's impatience.
    if (signal === "SIGINT" && now - interruptedAt > 1000)
      for (const child of running) signalGroup(child, "SIGKILL");
    return;
  }
  interruptedAt = now;
  for (const child of running) signalGroup(child, signal === "SIGHUP" ? "SIGTERM" : signal);
  setTimeout(() => {
    for (const child of running) signalGroup(child, "SIGKILL");
  }, graceMs).unref();
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => stop(signal));
}

// npm's shell does not pass SIGTERM on; it dies and leaves us behind.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop("SIGTERM");
}, 500).unref();

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, capture?: boolean, onOutput?: (text: string) => void }} options
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd, env = process.env, capture = true, onOutput }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: !windows,
      shell: windows,
      stdio: ["ignore", capture ? "pipe" : "inherit", capture ? "pipe" : "inherit"],
    });
    running.add(child);
    /** @type {string[]} */
    const output = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output.push(text);
        onOutput?.(text);
      });
    }
    child.on("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.on("exit", () => {
      signalGroup(child, "SIGKILL");
      running.delete(child);
    });
    child.on("close", (code, signal) => {
      const signalCode = 128 + (signalNumbers[/** @type {keyof typeof signalNumbers} */ (signal)] ?? 0);
      resolve({ code: code ?? signalCode, output: output.join("") });
    });
  });
}
