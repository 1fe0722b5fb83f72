import type { SenderKeyKind } from "../credentials";

/** A valid event on its way into the store. */
export interface NewEvent {
  userId: string;
  eventType: string;
  /** Milliseconds since 1970. */
  occurredAt: number;
  /** The payload as JSON text. */
  payload: string;
  anonymousId: string | null;
  eventId: string | null;
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

export interface EventQuery {
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

/** Where events live. One implementation per database; routes know only this. */
export interface EventStore {
  /** Resolves once the submission is committed. */
  submit(submission: Submission): Promise<SubmissionOutcome>;
  /** The first claim of an anonymous id wins; later ones change nothing. */
  recordAlias(workspace: string, alias: Alias, at: number): Promise<void>;
  counts(): Promise<Counts>;
  /** Newest first. */
  events(query: EventQuery): Promise<Page<StoredEvent>>;
  event(id: number): Promise<StoredEvent | undefined>;
  /** Newest first. */
  badEvents(query: EventQuery): Promise<Page<StoredBadEvent>>;
  badEvent(id: number): Promise<StoredBadEvent | undefined>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The id under which an anonymous visitor's events and aliases are kept. */
export function anonymousUserId(anonymousId: string): string {
  return `anon_${anonymousId}`;
}
