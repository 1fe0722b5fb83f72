import { MAX_BATCH_EVENTS, type WireEvent } from "@segops/core";
import { faultsOf, isObject, storedEvent } from "./wire-event";

/** An event that the server did not take, and why, by field. */
export interface RejectedEvent {
  readonly event: unknown;
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

/** What is answered to a request. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The part of a test's server that takes events in. */
export interface Ingestion {
  readonly rejected: readonly RejectedEvent[];
  /** @param uid The identity that the sender's token is locked to. */
  one(body: unknown, uid: string | undefined, idempotencyKey: string | null): Answer;
  batch(body: unknown, uid: string | undefined, idempotencyKey: string | null): Answer;
  clear(): void;
}

export function createIngestion(record: (event: WireEvent) => void): Ingestion {
  const rejected: RejectedEvent[] = [];
  const answers = new Map<string, Answer>();
  const eventIds = new Set<string>();

  /** Each event once, however often it comes. */
  const store = (event: WireEvent): void => {
    if (event.event_id !== undefined) {
      if (eventIds.has(event.event_id)) return;
      eventIds.add(event.event_id);
    }
    record(event);
  };

  const take = (event: unknown, uid: string | undefined): RejectedEvent["reasons"] | undefined => {
    const reasons = faultsOf(event);
    if (reasons) rejected.push({ event, reasons });
    else store(storedEvent(event as WireEvent, uid));
    return reasons;
  };

  const once = (idempotencyKey: string | null, work: () => Answer): Answer => {
    const before = idempotencyKey === null ? undefined : answers.get(idempotencyKey);
    if (before) return before;
    const answer = work();
    if (idempotencyKey !== null && answer.status < 300) answers.set(idempotencyKey, answer);
    return answer;
  };

  return {
    rejected,
    one: (body, uid, idempotencyKey) =>
      once(idempotencyKey, () => {
        const reasons = take(body, uid);
        return reasons ? { status: 400, body: reasons } : { status: 202, body: { queued: true } };
      }),
    batch: (body, uid, idempotencyKey) =>
      once(idempotencyKey, () => {
        const events = isObject(body) ? body.events : undefined;
        if (!Array.isArray(events) || events.length === 0 || events.length > MAX_BATCH_EVENTS) {
          const problem = `A batch has 1 to ${MAX_BATCH_EVENTS} events.`;
          return { status: 400, body: { events: [problem] } };
        }
        const skipped = events.filter((event) => take(event, uid) !== undefined).length;
        return { status: 202, body: { queued: events.length - skipped, skipped } };
      }),
    clear() {
      rejected.length = 0;
      answers.clear();
      eventIds.clear();
    },
  };
}
