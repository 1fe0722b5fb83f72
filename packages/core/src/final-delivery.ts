import { toHttpRequest } from "./attempt";
import type { Engine } from "./engine";
import { classifyOutcome } from "./outcome";
import { backoffMs } from "./retry-policy";
import type { HttpOutcome, HttpRequest } from "./runtime";
import { DRAIN_BACKOFF_MAX_MS } from "./server-health";
import { newShipment, type Shipment } from "./shipment";

/** A request of the final delivery. */
export interface FinalRequest extends HttpRequest {
  readonly shipment: Shipment;
}

/**
 * The last delivery of a host that is ending and can wait only by blocking: no promise and no timer runs any
 * more. The host sends the requests by means of its own and says what came of each.
 */
export interface FinalDelivery {
  /** The next requests, oldest first. None: everything is settled, or nothing more can be done. */
  next(count: number, timeoutMs: number): FinalRequest[];
  /** Books an outcome. What is still to be sent is among the requests that `next()` gives again. */
  conclude(request: FinalRequest, outcome: HttpOutcome): void;
  /** How long to leave the server alone before the next requests, in milliseconds. */
  readonly delayMs: number;
  /** Hands over what is left, unless the queue survives the process. */
  end(): void;
}

/** Begins the final delivery: the engine itself sends nothing from now on. */
export function beginFinalDelivery(engine: Engine): FinalDelivery {
  const { queue, dispatcher, credentials, accounts, options, runtime } = engine;
  const waiting: Shipment[] = dispatcher.stop();
  let isHopeless = false;
  let failures = 0;
  let failuresBefore = 0;
  let delayMs = dispatcher.askedToWaitMs;
  queue.seal();

  const take = (): Shipment | undefined => {
    const batch = waiting.length > 0 ? undefined : queue.take();
    return batch ? newShipment(batch) : waiting.shift();
  };

  return {
    next(count, timeoutMs) {
      const requests: FinalRequest[] = [];
      failuresBefore = failures;
      delayMs = 0;
      while (!isHopeless && requests.length < count) {
        const shipment = take();
        if (!shipment) break;
        const authorization = credentials.ready(shipment.batch.visitor);
        // A session token cannot be asked for any more: what has none is left to the end.
        if (authorization === undefined) continue;
        shipment.attempts++;
        accounts.sent(shipment);
        const attempt = dispatcher.toAttempt(shipment.batch, authorization);
        requests.push(Object.assign(toHttpRequest(attempt, options.apiUrl, timeoutMs), { shipment }));
      }
      return requests;
    },

    conclude({ shipment }, outcome) {
      const verdict = classifyOutcome(outcome, runtime.clock.now());
      if (verdict.kind !== "retry" && verdict.kind !== "blocked") {
        failures = failuresBefore = 0;
        waiting.unshift(...dispatcher.conclude(shipment, verdict));
        return;
      }
      failures = failuresBefore + 1;
      const backoff = Math.min(DRAIN_BACKOFF_MAX_MS, backoffMs(failures, runtime.entropy.random()));
      delayMs = Math.max(delayMs, backoff, (verdict.kind === "retry" && verdict.retryAfterMs) || 0);
      // What survives the process need not hold it up.
      isHopeless ||= verdict.kind === "blocked" || queue.durable;
      waiting.push(shipment);
      accounts.kept(shipment, verdict, delayMs, isHopeless);
    },

    get delayMs() {
      return delayMs;
    },

    end() {
      engine.end(true);
    },
  };
}
