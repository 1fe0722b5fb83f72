import { performance } from "node:perf_hooks";
import type { Clock, Scheduler } from "@segops/core";
import { inOwnContext } from "./own-context";

/** The clocks of this process. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
};

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
