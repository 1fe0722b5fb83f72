import type { SenderKeyKind } from "../credentials";

/** A valid event on its way into the store. */
export interface NewEvent {
  userId: string;
  eventType: string;
  /** Milliseconds since 1970. */
  occurredAt: number;
  /** The time the event gave, where it lay too far in the future to be believed. */
  claimedAt: number | null;
  /** The payload as JSON text. */
  payload: string;
  anonymousId: string | null;
  eventId: string | null;
  /** A digest of the event as received, where it has an id: tells a repeat from a clash. */
  fingerprint: string | null;
}

/** An event that validation refused. */
export interface NewBadEvent {
  /** A stable code: see `BAD_EVENT_REASONS`. */
  reason: string;
  /** The offending field, or null when the event as a whole is at fault. */
  field: string | null;
  message: string;
  /** The event as received, as JSON text. */
  received: string;
}

/** Everything one request brings. It is stored whole or not at all. */
export interface Submission {
  workspace: string;
  keyKind: SenderKeyKind;
  receivedAt: number;
  idempotencyKey: string | null;
  /** A digest of the request's body, where it has an idempotency key. */
  fingerprint: string | null;
  events: NewEvent[];
  bad: NewBadEvent[];
  /** What the client is told; a repeat of the same idempotency key is told it again. */
  answer: Record<string, unknown>;
}

interface Stored {
  id: number;
  receivedAt: number;
  workspace: string;
  keyKind: SenderKeyKind;
}
export type StoredEvent = NewEvent & Stored & { resolvedUserId: string };
export type StoredBadEvent = NewBadEvent & Stored;

export interface SubmissionOutcome {
  answer: Record<string, unknown>;
  /** True when the idempotency key was known and nothing was stored. */
  replayed: boolean;
  events: StoredEvent[];
  bad: StoredBadEvent[];
  duplicates: number;
}

/** An anonymous visitor who turned out to be a user. */
export interface Alias {
  anonymousId: string;
  userId: string;
}

/** What a server has received since it was last reset. */
export interface Counts {
  /** Everything that was kept: `good` + `bad`. */
  total: number;
  good: number;
  bad: number;
  /** Events that had been stored before, by idempotency key or event id, and were not stored again. */
  duplicates: number;
  /** Users after anonymous visitors are resolved. */
  distinct_users: number;
}

/** Whose data: one workspace's, or everybody's. */
export type Scope = string | undefined;

export interface EventQuery {
  workspace?: Scope;
  limit: number;
  /** Only events with a greater id: what came since. */
  after?: number | undefined;
  /** Only events with a smaller id: the next page. */
  before?: number | undefined;
  eventType?: string | undefined;
  userId?: string | undefined;
}

export interface Page<T> {
  count: number;
  results: T[];
}

/** The id under which an anonymous visitor's events and aliases are kept. */
export function anonymousUserId(anonymousId: string): string {
  return `anon_${anonymousId}`;
}
