/** The first delay before jitter, in milliseconds. */
const BACKOFF_BASE_MS = 500;
/** The shortest delay, in milliseconds: chance alone must not make a storm. */
const BACKOFF_MIN_MS = 50;
/** The longest delay between the retries of one cycle, in milliseconds. */
export const BACKOFF_MAX_MS = 30_000;
/** The first pause after the retries are used up, in milliseconds. */
const PAUSE_BASE_MS = 30_000;
/** The longest pause, in milliseconds. */
const PAUSE_MAX_MS = 300_000;
/** A `Retry-After` beyond this is taken for this, in milliseconds: a day. */
const RETRY_AFTER_MAX_MS = 86_400_000;

/**
 * How long to wait after a failure: exponential back-off with full jitter, so that clients that failed
 * together do not come back together.
 *
 * @param failures Failures in a row, from 1.
 * @param random From 0 up to 1.
 */
export function backoffMs(failures: number, random: number): number {
  return Math.max(BACKOFF_MIN_MS, random * Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (failures - 1)));
}

/**
 * How long to leave the server alone once the retries are used up: longer each time, spread over the upper half.
 *
 * @param pauses Pauses in a row, from 1.
 * @param random From 0 up to 1.
 */
export function pauseMs(pauses: number, random: number): number {
  return (0.5 + random / 2) * Math.min(PAUSE_MAX_MS, PAUSE_BASE_MS * 2 ** (pauses - 1));
}

/** Reads `Retry-After`: seconds, or an HTTP date. Undefined when there is none to be understood. */
export function parseRetryAfterMs(header: string | null | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), RETRY_AFTER_MAX_MS);
}
