/** How far ahead of the server's clock a client's may be before it is not believed. */
export const CLOCK_SKEW_TOLERANCE_MS = 5 * 60 * 1000;

const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

export interface OccurredAt {
  occurredAt: number;
  /** What the event said, where it was not believed. */
  claimedAt: number | null;
}

/**
 * When an event occurred. What has not happened yet is taken to have happened when it was received; the past is
 * believed however long ago, since a client may have been offline. Undefined for a year no database holds.
 */
export function readOccurredAt(text: string | undefined, receivedAt: number): OccurredAt | undefined {
  if (text === undefined) return { occurredAt: receivedAt, claimedAt: null };
  const claimed = parse(text);
  if (claimed < EARLIEST || claimed > LATEST) return undefined;
  if (claimed <= receivedAt + CLOCK_SKEW_TOLERANCE_MS) return { occurredAt: claimed, claimedAt: null };
  return { occurredAt: receivedAt, claimedAt: claimed };
}

/** A time without a zone is UTC, as JavaScript reads dates but not times of day. */
function parse(text: string): number {
  const zoneless = text.includes("T") && !/(Z|[+-]\d\d:?\d\d)$/.test(text);
  return Date.parse(zoneless ? `${text}Z` : text);
}
