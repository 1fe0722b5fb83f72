/** Rows as the database has them, and what the server makes of them. */
import type { SenderKeyKind } from "../credentials";
import type { StoredBadEvent, StoredEvent } from "./event-records";

export interface BadEventRow {
  id: number;
  received_at: Date;
  workspace: string;
  key_kind: SenderKeyKind;
  reason: string;
  field: string | null;
  message: string;
  received: string;
}

export interface EventRow {
  id: number;
  received_at: Date;
  workspace: string;
  user_id: string;
  resolved_user_id: string;
  event_type: string;
  occurred_at: Date;
  claimed_at: Date | null;
  payload: string;
  anonymous_id: string | null;
  event_id: string | null;
  key_kind: SenderKeyKind;
}

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    receivedAt: row.received_at.getTime(),
    workspace: row.workspace,
    userId: row.user_id,
    resolvedUserId: row.resolved_user_id,
    eventType: row.event_type,
    occurredAt: row.occurred_at.getTime(),
    claimedAt: row.claimed_at?.getTime() ?? null,
    payload: row.payload,
    anonymousId: row.anonymous_id,
    eventId: row.event_id,
    fingerprint: null,
    keyKind: row.key_kind,
  };
}

export function toStoredBadEvent({ received_at, key_kind, ...row }: BadEventRow): StoredBadEvent {
  return { ...row, receivedAt: received_at.getTime(), keyKind: key_kind };
}
