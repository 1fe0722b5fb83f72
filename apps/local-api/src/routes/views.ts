/** Stored things in the spelling of the HTTP API. */
import type { Duplicate } from "../store/duplicates";
import type { StoredBadEvent, StoredEvent } from "../store/event-records";

export function eventView(event: StoredEvent) {
  return {
    id: event.id,
    received_at: isoTime(event.receivedAt),
    workspace: event.workspace,
    key_kind: event.keyKind,
    user_id: event.userId,
    resolved_user_id: event.resolvedUserId,
    event_type: event.eventType,
    occurred_at: isoTime(event.occurredAt),
    claimed_at: event.claimedAt === null ? null : isoTime(event.claimedAt),
    payload: JSON.parse(event.payload) as unknown,
    anonymous_id: event.anonymousId,
    event_id: event.eventId,
  };
}

export function badEventView(event: StoredBadEvent) {
  return {
    id: event.id,
    received_at: isoTime(event.receivedAt),
    workspace: event.workspace,
    key_kind: event.keyKind,
    reason: event.reason,
    field: event.field,
    message: event.message,
    received: JSON.parse(event.received) as unknown,
  };
}

export function duplicateView(duplicate: Duplicate) {
  return { ...duplicate, received_at: duplicate.received_at.toISOString() };
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
