import type { ResolvedOptions } from "./options";
import { BACKOFF_MAX_MS, backoffMs, pauseMs } from "./retry-policy";
import type { Clock, Entropy } from "./runtime";
import type { Kept } from "./shipment";

/** The longest delay between tries while somebody waits with a deadline, in milliseconds. */
export const DRAIN_BACKOFF_MAX_MS = 1_000;

/** What the sender knows of the server: whether it answers, and when to try it again. */
export interface ServerHealth {
  /** After a failure one request at a time finds out whether the server is back. */
  readonly isInDoubt: boolean;
  /** Failures in a row since the last fresh start. */
  readonly failures: number;
  /** When the server may be tried again, by the monotonic clock. */
  readonly resumeAt: number;
  /** What the server asked for by Retry-After: holds whatever else happens. */
  readonly askedToWaitUntil: number;
  /** The quick retries are used up, or would be in vain. */
  readonly isExhausted: boolean;
  /** Nothing more can be done now, or before the deadline. */
  isHopeless(deadline: number | undefined): boolean;
  /**
   * An attempt failed.
   *
   * @param failuresBefore The failures when it began: attempts that were under way together and fail together count
   *   as one.
   */
  failed(verdict: Kept, failuresBefore: number): void;
  /** The server gave a proper answer. */
  answered(): void;
  /** Begins a new cycle of tries, at once or when the server allows it. */
  startAfresh(): void;
  /** How long to wait after so many failures. */
  delayAfter(failures: number): number;
}

/** @param isHurried Whether somebody waits with a deadline: there are no long pauses then. */
export function createServerHealth(
  { maxRetries }: Pick<ResolvedOptions, "maxRetries">,
  clock: Clock,
  entropy: Entropy,
  isHurried: () => boolean,
): ServerHealth {
  let isInDoubt = false;
  let isBlocked = false;
  let failures = 0;
  let resumeAt = 0;
  let askedToWaitUntil = 0;

  const delayAfter = (failed: number): number => {
    const random = entropy.random();
    if (isHurried()) return Math.min(DRAIN_BACKOFF_MAX_MS, backoffMs(failed, random));
    return failed > maxRetries ? pauseMs(failed - maxRetries, random) : backoffMs(failed, random);
  };

  return {
    get isInDoubt() {
      return isInDoubt;
    },
    get failures() {
      return failures;
    },
    get resumeAt() {
      return resumeAt;
    },
    get askedToWaitUntil() {
      return askedToWaitUntil;
    },
    get isExhausted() {
      return failures > maxRetries;
    },
    isHopeless: (deadline) =>
      isBlocked ||
      (deadline === undefined
        ? failures > maxRetries || askedToWaitUntil - clock.monotonicNow() > BACKOFF_MAX_MS
        : resumeAt > deadline),
    failed(verdict, failuresBefore) {
      const now = clock.monotonicNow();
      isInDoubt = true;
      isBlocked = verdict.kind === "blocked";
      failures = Math.max(failures, failuresBefore + 1, isBlocked ? maxRetries + 1 : 0);
      const retryAfterMs = (verdict.kind === "retry" && verdict.retryAfterMs) || 0;
      askedToWaitUntil = Math.max(askedToWaitUntil, now + retryAfterMs);
      resumeAt = Math.max(askedToWaitUntil, now + delayAfter(failures));
    },
    answered() {
      isInDoubt = false;
      isBlocked = false;
      failures = 0;
    },
    startAfresh() {
      failures = 0;
      isBlocked = false;
      resumeAt = askedToWaitUntil;
    },
    delayAfter,
  };
}
