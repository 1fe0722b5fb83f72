import type { Transaction } from "../database";

export async function createEvents(transaction: Transaction): Promise<void> {
  const { dialect } = transaction;
  for (const statement of [
    `CREATE TABLE events (
      id BIGINT NOT NULL,
      received_at TIMESTAMP NOT NULL,
      workspace VARCHAR NOT NULL,
      user_id VARCHAR NOT NULL,
      event_type VARCHAR NOT NULL,
      occurred_at TIMESTAMP NOT NULL,
      payload ${dialect.type("JSON")} NOT NULL,
      anonymous_id VARCHAR,
      event_id VARCHAR,
      key_kind VARCHAR NOT NULL
    )`,
    `CREATE TABLE bad_events (
      id BIGINT NOT NULL,
      received_at TIMESTAMP NOT NULL,
      workspace VARCHAR NOT NULL,
      key_kind VARCHAR NOT NULL,
      reason VARCHAR NOT NULL,
      field VARCHAR,
      message VARCHAR NOT NULL,
      received VARCHAR NOT NULL
    )`,
    `CREATE TABLE event_ids (
      workspace VARCHAR NOT NULL,
      event_id VARCHAR NOT NULL,
      PRIMARY KEY (workspace, event_id)
    )`,
    `CREATE TABLE idempotency_keys (
      workspace VARCHAR NOT NULL,
      idempotency_key VARCHAR NOT NULL,
      received_at TIMESTAMP NOT NULL,
      answer VARCHAR NOT NULL,
      events BIGINT NOT NULL,
      PRIMARY KEY (workspace, idempotency_key)
    )`,
    `CREATE TABLE duplicates (
      received_at TIMESTAMP NOT NULL,
      workspace VARCHAR NOT NULL,
      recognised_by VARCHAR NOT NULL,
      events BIGINT NOT NULL
    )`,
    `CREATE TABLE aliases (
      workspace VARCHAR NOT NULL,
      alias VARCHAR NOT NULL,
      user_id VARCHAR NOT NULL,
      created_at TIMESTAMP NOT NULL,
      PRIMARY KEY (workspace, alias)
    )`,
  ]) {
    await transaction.query(statement);
  }
}
