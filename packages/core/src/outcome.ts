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

/** The readable part of an answer: `{"detail": "…"}`, `{"field": ["…"]}`, or its beginning. */
function detailOf(body: string): string {
  let detail: unknown = body;
  try {
    const answer = JSON.parse(body);
    detail = answer.detail ?? JSON.stringify(answer);
  } catch {
    // Not JSON: some proxy's page.
  }
  // Without its full stop: it stands in the middle of a sentence of ours.
  return withoutSecrets(String(detail)).slice(0, 200).replace(/\.$/, "");
}

function skippedIn(body: string): number {
  try {
    const { skipped } = JSON.parse(body);
    return Number.isInteger(skipped) ? Math.max(0, skipped) : 0;
  } catch {
    return 0;
  }
}

/** Reads what came of an attempt, for every transport alike. */
export function classifyOutcome(outcome: HttpOutcome, now: number): Verdict {
  if (outcome.kind === "failed") return { kind: "retry", reason: withoutSecrets(outcome.reason) };
  const { status, body } = outcome;
  if (status >= 200 && status < 300) return { kind: "delivered", skipped: skippedIn(body) };
  const reason = `${status} ${detailOf(body)}`.trim();
  if (status === 400) return { kind: "split", code: "rejected", reason, status };
  if (status === 413) return { kind: "split", code: "too_large", reason, status };
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: "retry", reason, status, retryAfterMs: parseRetryAfterMs(outcome.retryAfter, now) };
  }
  return { kind: "blocked", code: BLOCKED_CODES[status] ?? "unexpected_answer", reason, status };
}
