import type { Transaction } from "../database";

const INDEXES = [
  "CREATE UNIQUE INDEX events_id ON events (id)",
  "CREATE INDEX events_of_user ON events (workspace, user_id, occurred_at)",
  "CREATE INDEX events_of_type ON events (workspace, event_type, occurred_at)",
  "CREATE UNIQUE INDEX bad_events_id ON bad_events (id)",
  "CREATE INDEX idempotency_keys_received_at ON idempotency_keys (received_at)",
];

/** Ids that several servers can share, an exact account of what came twice, and keys that are made on demand. */
export async function shareAndAccount(transaction: Transaction): Promise<void> {
  const { dialect } = transaction;
  const [row] = await transaction.query<{ last_id: number }>(
    `SELECT greatest((SELECT coalesce(max(id), 0) FROM events),
                     (SELECT coalesce(max(id), 0) FROM bad_events)) AS last_id`,
  );
  for (const statement of [
    `CREATE SEQUENCE row_ids START WITH ${Number(row?.last_id ?? 0) + 1}`,
    // The time an event claimed, where it was not believed.
    "ALTER TABLE events ADD COLUMN claimed_at TIMESTAMP",
    // What came under a key or an id, to tell a repeat from a clash.
    "ALTER TABLE idempotency_keys ADD COLUMN fingerprint VARCHAR",
    "ALTER TABLE event_ids ADD COLUMN fingerprint VARCHAR",
    "ALTER TABLE duplicates ADD COLUMN reference VARCHAR",
    "ALTER TABLE duplicates ADD COLUMN identical BOOLEAN",
    `CREATE TABLE workspace_keys (
      hash VARCHAR NOT NULL PRIMARY KEY,
      created_at TIMESTAMP NOT NULL,
      settings ${dialect.type("JSON")} NOT NULL
    )`,
    "CREATE TABLE secrets (name VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL)",
    // An anonymous visitor's events are the user's once an alias says so; the events themselves never change.
    `CREATE VIEW resolved_events AS
      SELECT e.*, coalesce(a.user_id, e.user_id) AS resolved_user_id
      FROM events e LEFT JOIN aliases a ON a.workspace = e.workspace AND a.alias = e.user_id`,
    ...(dialect.wantsIndexes ? INDEXES : []),
  ]) {
    await transaction.query(statement);
  }
}
