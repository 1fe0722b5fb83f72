import { MAX_TIMER_MS } from "./options";
import type { Scheduler } from "./runtime";

/**
 * Starts something at once and stops waiting for it when the time is up: rejects then, and also with what `start` throws.
 *
 * @param graceMs How much longer to wait than the message says: for those who keep the deadline themselves.
 */
export function withDeadline<Value>(
  scheduler: Scheduler,
  timeoutMs: number,
  start: () => Value | Promise<Value>,
  graceMs = 0,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`no answer within ${timeoutMs} ms`));
    const cancel = scheduler.schedule(late, Math.min(timeoutMs + graceMs, MAX_TIMER_MS), false);
    new Promise<Value>((go) => go(start())).then(resolve, reject).finally(cancel);
  });
}
