import type { Transaction } from "../database";

const INDEXES = [
  "CREATE INDEX segments_of_workspace ON segments (workspace, created_at)",
  'CREATE UNIQUE INDEX members_of_segment ON segment_members (segment_id, user_id COLLATE "C")',
  "CREATE INDEX segments_of_user ON segment_members (user_id)",
];

/** Segments, every version of their definitions, and who was in them when they were last computed. */
export async function createSegments(transaction: Transaction): Promise<void> {
  for (const statement of [
    `CREATE TABLE segments (
      id VARCHAR NOT NULL PRIMARY KEY,
      workspace VARCHAR NOT NULL,
      name VARCHAR NOT NULL,
      description VARCHAR NOT NULL,
      segment_type VARCHAR NOT NULL,
      definition VARCHAR NOT NULL,
      version BIGINT NOT NULL,
      computation BIGINT NOT NULL,
      created_at TIMESTAMP NOT NULL,
      updated_at TIMESTAMP NOT NULL,
      member_count BIGINT,
      last_computed_at TIMESTAMP
    )`,
    `CREATE TABLE segment_versions (
      segment_id VARCHAR NOT NULL,
      version BIGINT NOT NULL,
      definition VARCHAR NOT NULL,
      created_at TIMESTAMP NOT NULL
    )`,
    `CREATE TABLE segment_members (
      segment_id VARCHAR NOT NULL,
      user_id VARCHAR NOT NULL
    )`,
    ...(transaction.dialect.wantsIndexes ? INDEXES : []),
  ]) {
    await transaction.query(statement);
  }
}
