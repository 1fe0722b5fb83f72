import { beginFinalDelivery, type Engine, SegOpsError } from "@segops/core";
import { monotonicNow } from "../node-clock";
import { createBlockingSender } from "./blocking-sender";

/** Requests sent side by side while the process waits. */
const CONCURRENT_REQUESTS = 4;

/**
 * Delivers what is queued while the process stands still: for the `exit` event, after which nothing else runs. What
 * cannot be delivered is left to the end of the engine. Never throws: it would change how the process ends.
 *
 * @param endsAt When to give up, by `monotonicNow()`.
 */
export function deliverNow(engine: Engine, endsAt: number): void {
  const delivery = beginFinalDelivery(engine);
  try {
    const sender = createBlockingSender();
    for (;;) {
      const { delayMs } = delivery;
      const remainingMs = endsAt - monotonicNow() - delayMs;
      if (remainingMs <= 0) break;
      if (delayMs > 0) sender.sleep(delayMs);
      const timeoutMs = Math.min(engine.options.requestTimeout, remainingMs);
      const requests = delivery.next(CONCURRENT_REQUESTS, timeoutMs);
      if (requests.length === 0) break;
      const outcomes = sender.post(requests, timeoutMs);
      for (const [index, outcome] of outcomes.entries()) {
        const request = requests[index];
        if (request) delivery.conclude(request, outcome);
      }
    }
    sender.close();
  } catch (error) {
    // No thread to be had.
    const advice =
      "Call shutdown() before the process ends, or let Node start worker threads (--allow-worker)";
    const message = `nothing can be sent at the exit any more: ${(error as Error).message}. ${advice}`;
    engine.trouble.report(new SegOpsError("exit_flush_failed", message));
  }
}
