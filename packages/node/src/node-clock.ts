import { performance } from "node:perf_hooks";
import type { Clock, Scheduler } from "@segops/core";

/** The clocks of this process. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
};

/** Timers that let the process end, unless the host is waiting for what they do. */
export const nodeScheduler: Scheduler = {
  schedule(task, delayMs, keepAlive) {
    const timer = setTimeout(task, delayMs);
    if (!keepAlive) timer.unref();
    return () => clearTimeout(timer);
  },
};

let second = Number.NaN;
let upToSecond = "";

/**
 * The time as ISO 8601 text. The text of the current second is remembered, as events come in bursts and
 * formatting a date costs as much as a fifth of an event.
 */
export function isoTimestamp(): string {
  const now = Date.now();
  const milliseconds = now % 1000;
  if (now - milliseconds !== second) {
    second = now - milliseconds;
    upToSecond = new Date(second).toISOString().slice(0, -4);
  }
  return `${upToSecond}${milliseconds < 10 ? "00" : milliseconds < 100 ? "0" : ""}${milliseconds}Z`;
}
