import { performance } from "node:perf_hooks";
import type { Clock, Scheduler } from "@segops/core";
import { inOwnContext } from "./own-context";

/**
 * Milliseconds that never go back. Taken now, and from its module: a test of the host's may stand still what is global,
 * and a process must be able to end all the same.
 */
export const monotonicNow: () => number = performance.now.bind(performance);

/** The clocks of this process. */
export const nodeClock: Clock = { now: () => Date.now(), monotonicNow };

/** Timers that let the process end, unless the host is waiting for what they do. */
export const nodeScheduler: Scheduler = {
  schedule(task, delayMs, keepAlive) {
    const timer = inOwnContext(() => setTimeout(task, delayMs));
    if (!keepAlive) timer.unref();
    return () => clearTimeout(timer);
  },
};

let last = Number.NaN;
let lastText = "";

/** The time as ISO 8601 text. The last is remembered: events come in bursts, and formatting costs a fifth of an event. */
export function isoTimestamp(): string {
  const now = Date.now();
  if (now !== last) {
    last = now;
    lastText = new Date(now).toISOString();
  }
  return lastText;
}
