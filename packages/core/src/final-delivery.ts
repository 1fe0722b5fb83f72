import { toHttpRequest } from "./attempt";
import { newShipment, type Shipment } from "./dispatcher";
import type { Engine } from "./engine";
import { classifyOutcome } from "./outcome";
import type { HttpOutcome, HttpRequest } from "./runtime";

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
  /** Books an outcome. False when the batch is still to be sent, and is among those that `next()` gives again. */
  conclude(request: FinalRequest, outcome: HttpOutcome): boolean;
  /** Hands over what is left, unless the queue survives. */
  end(): void;
}

/** Begins the final delivery: the engine itself sends nothing from now on. */
export function beginFinalDelivery(engine: Engine): FinalDelivery {
  const { queue, dispatcher, credentials, accounts, options, runtime } = engine;
  const waiting: Shipment[] = dispatcher.stop();
  let isHopeless = false;
  queue.seal();

  const take = (): Shipment | undefined => {
    const waited = waiting.shift();
    if (waited) return waited;
    const batch = queue.take();
    return batch && newShipment(batch);
  };

  return {
    next(count, timeoutMs) {
      const requests: FinalRequest[] = [];
      while (!isHopeless && requests.length < count) {
        const shipment = take();
        if (!shipment) break;
        const authorization = credentials.ready(shipment.batch.visitor);
        // A session token cannot be asked for any more. What has none stays in the queue.
        if (authorization === undefined) continue;
        shipment.attempts++;
        accounts.sent(shipment);
        const attempt = dispatcher.toAttempt(shipment.batch, authorization);
        requests.push({ ...toHttpRequest(attempt, options.apiUrl, timeoutMs), shipment });
      }
      return requests;
    },

    conclude({ shipment }, outcome) {
      const verdict = classifyOutcome(outcome, runtime.clock.now());
      if (verdict.kind === "retry" || verdict.kind === "blocked") {
        isHopeless ||= verdict.kind === "blocked";
        accounts.kept(shipment, verdict, 0, isHopeless);
        waiting.push(shipment);
        return false;
      }
      waiting.unshift(...dispatcher.conclude(shipment, verdict));
      return true;
    },

    end: engine.end,
  };
}
