import type { DeliveryErrorCode } from "./errors";
import { parseRetryAfterMs } from "./retry-policy";
import type { HttpOutcome } from "./runtime";
import { withoutSecrets } from "./secrets";

/** What an attempt means for its batch (SegOps contract, section 2). */
export type Verdict =
  /** The server has it. */
  | { readonly kind: "delivered"; readonly skipped: number }
  /** Transient: send the same again, not before `retryAfterMs`. */
  | {
      readonly kind: "retry";
      readonly reason: string;
      readonly status?: number;
      readonly retryAfterMs?: number | undefined;
    }
  /** Not the events' fault, and no quick retry will mend it: tell the host, keep the batch, pause. */
  | {
      readonly kind: "blocked";
      readonly code: DeliveryErrorCode;
      readonly reason: string;
      readonly status: number;
    }
  /** Not as it is: send the halves; an event that stands alone is refused. */
  | {
      readonly kind: "split";
      readonly code: "rejected" | "too_large";
      readonly reason: string;
      readonly status: number;
    };

const BLOCKED_CODES: Readonly<Record<number, DeliveryErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
};

/** What the body of an answer says, if it is JSON. */
function answerIn(body: string): { readonly detail?: unknown; readonly skipped?: unknown } | null {
  try {
    return JSON.parse(body);
  } catch {
    // Some proxy's page.
    return null;
  }
}

/** Reads what came of an attempt, for every transport alike. */
export function classifyOutcome(outcome: HttpOutcome, now: number): Verdict {
  if (outcome.kind === "failed") return { kind: "retry", reason: withoutSecrets(outcome.reason) };
  const { status, body } = outcome;
  const answer = answerIn(body);
  if (status >= 200 && status < 300) {
    const skipped = answer?.skipped;
    return { kind: "delivered", skipped: Number.isInteger(skipped) ? Math.max(0, skipped as number) : 0 };
  }
  // The readable part, without its full stop: it stands in the middle of a sentence of ours.
  const detail = withoutSecrets(String(answer?.detail ?? body)).slice(0, 200);
  const about = { reason: `${status} ${detail.replace(/\.$/, "")}`.trim(), status };
  if (status === 400) return { kind: "split", code: "rejected", ...about };
  if (status === 413) return { kind: "split", code: "too_large", ...about };
  if (status === 408 || status === 429 || status >= 500)
    return { kind: "retry", retryAfterMs: parseRetryAfterMs(outcome.retryAfter, now), ...about };
  return { kind: "blocked", code: BLOCKED_CODES[status] ?? "unexpected_answer", ...about };
}
