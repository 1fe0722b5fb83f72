import { DeliveryError, type DeliveryErrorCode } from "./errors";
import type { RefusalReason } from "./notices";
import type { Kept } from "./shipment";

/** What is known of a batch that met trouble. */
interface Trouble {
  readonly events: number;
  readonly attempts: number;
}

export function codeOf(verdict: Kept): DeliveryErrorCode {
  return verdict.kind === "blocked" ? verdict.code : "unavailable";
}

/** Events that are kept and tried again. */
export function keptError(verdict: Kept, delayMs: number, advice: string, trouble: Trouble): DeliveryError {
  const { reason, status } = verdict;
  return new DeliveryError(
    codeOf(verdict),
    `${trouble.events} event(s) could not be delivered: ${reason}. They are kept; next try in ${Math.ceil(delayMs / 1000)} s. ${advice}`.trim(),
    { ...trouble, status },
  );
}

/** Events that the server does not take. */
export function refusedError(
  reason: RefusalReason,
  answer: string,
  status: number | undefined,
  trouble: Trouble,
): DeliveryError {
  return new DeliveryError(
    reason === "too_large" ? reason : "rejected",
    `the server refused ${trouble.events} event(s) for good: ${answer}`,
    { ...trouble, status },
  );
}
