import type { Table } from "./database";

export const EVENTS: Table = {
  name: "events",
  columns: {
    id: "BIGINT",
    received_at: "TIMESTAMP",
    workspace: "VARCHAR",
    user_id: "VARCHAR",
    event_type: "VARCHAR",
    occurred_at: "TIMESTAMP",
    payload: "JSON",
    anonymous_id: "VARCHAR",
    event_id: "VARCHAR",
    key_kind: "VARCHAR",
    claimed_at: "TIMESTAMP",
  },
};

export const BAD_EVENTS: Table = {
  name: "bad_events",
  columns: {
    id: "BIGINT",
    received_at: "TIMESTAMP",
    workspace: "VARCHAR",
    key_kind: "VARCHAR",
    reason: "VARCHAR",
    field: "VARCHAR",
    message: "VARCHAR",
    received: "VARCHAR",
  },
};

export const DUPLICATES: Table = {
  name: "duplicates",
  columns: {
    received_at: "TIMESTAMP",
    workspace: "VARCHAR",
    recognised_by: "VARCHAR",
    events: "BIGINT",
    reference: "VARCHAR",
    identical: "BOOLEAN",
  },
};

/** Everything that was received, and what was concluded from it. Keys and definitions are not among it. */
export const RECEIVED_TABLES = [
  "events",
  "bad_events",
  "event_ids",
  "idempotency_keys",
  "duplicates",
  "aliases",
] as const;
