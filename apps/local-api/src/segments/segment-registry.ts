import { randomUUID } from "node:crypto";
import type { SegmentDefinition } from "@segops/core/schema";
import type { Database, Queryable, Transaction } from "../store/database";

export interface Segment {
  id: string;
  workspace: string;
  name: string;
  description: string;
  segmentType: string;
  definition: SegmentDefinition;
  /** 1 for the first definition, one more for each change of it. */
  version: number;
  /** How often its members were stored, so that of two computations at the same time only one is. */
  computation: number;
  createdAt: Date;
  updatedAt: Date;
  /** Null until the definition of this version is first computed. */
  memberCount: number | null;
  lastComputedAt: Date | null;
}

export type SegmentFields = Pick<Segment, "name" | "description" | "segmentType" | "definition">;

export interface DefinitionVersion {
  version: number;
  definition: SegmentDefinition;
  createdAt: Date;
}

/** Oldest first. */
export async function listSegments(database: Queryable, workspace: string): Promise<Segment[]> {
  const rows = await database.query<SegmentRow>(
    "SELECT * FROM segments WHERE workspace = $1 ORDER BY created_at, id",
    [workspace],
  );
  return rows.map(toSegment);
}

export async function findSegment(
  database: Queryable,
  workspace: string,
  id: string,
): Promise<Segment | undefined> {
  const [row] = await database.query<SegmentRow>("SELECT * FROM segments WHERE workspace = $1 AND id = $2", [
    workspace,
    id,
  ]);
  return row && toSegment(row);
}

/** The workspaces that have segments. */
export async function segmentedWorkspaces(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ workspace: string }>("SELECT DISTINCT workspace FROM segments");
  return rows.map(({ workspace }) => workspace);
}

export async function createSegment(
  database: Database,
  workspace: string,
  fields: SegmentFields,
  now: number,
): Promise<Segment> {
  const at = new Date(now);
  const id = randomUUID();
  await database.transaction(async (transaction) => {
    await transaction.query(
      `INSERT INTO segments (id, workspace, name, description, segment_type, definition, version, computation, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, 1, 0, $7, $7)`,
      [
        id,
        workspace,
        fields.name,
        fields.description,
        fields.segmentType,
        JSON.stringify(fields.definition),
        at,
      ],
    );
    await keepVersion(transaction, { id, version: 1, definition: fields.definition }, at);
  });
  return {
    id,
    workspace,
    ...fields,
    version: 1,
    computation: 0,
    createdAt: at,
    updatedAt: at,
    memberCount: null,
    lastComputedAt: null,
  };
}

/** With another definition, what was computed from the old one is forgotten, and the old one is kept. */
export async function updateSegment(
  database: Database,
  segment: Segment,
  changes: Partial<SegmentFields>,
  now: number,
): Promise<void> {
  const fields = { ...segment, ...changes };
  const definition = JSON.stringify(fields.definition);
  const isNew = definition !== JSON.stringify(segment.definition);
  const at = new Date(now);
  await database.transaction(async (transaction) => {
    const [row] = await transaction.query<{ version: number }>(
      `UPDATE segments SET name = $3, description = $4, segment_type = $5, definition = $6, updated_at = $7,
         version = version + ${isNew ? 1 : 0}${isNew ? ", member_count = NULL, last_computed_at = NULL" : ""}
       WHERE workspace = $1 AND id = $2 RETURNING version`,
      [segment.workspace, segment.id, fields.name, fields.description, fields.segmentType, definition, at],
    );
    if (row === undefined || !isNew) return;
    await keepVersion(transaction, { ...fields, version: row.version }, at);
    await transaction.query("DELETE FROM segment_members WHERE segment_id = $1", [segment.id]);
  });
}

export async function deleteSegment(database: Database, { workspace, id }: Segment): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query("DELETE FROM segments WHERE workspace = $1 AND id = $2", [workspace, id]);
    await transaction.query("DELETE FROM segment_versions WHERE segment_id = $1", [id]);
    await transaction.query("DELETE FROM segment_members WHERE segment_id = $1", [id]);
  });
}

/** Newest first. */
export async function definitionVersions(database: Queryable, id: string): Promise<DefinitionVersion[]> {
  const rows = await database.query<{ version: number; definition: string; created_at: Date }>(
    "SELECT version, definition, created_at FROM segment_versions WHERE segment_id = $1 ORDER BY version DESC",
    [id],
  );
  return rows.map(({ version, definition, created_at }) => ({
    version,
    definition: JSON.parse(definition) as SegmentDefinition,
    createdAt: created_at,
  }));
}

async function keepVersion(
  transaction: Transaction,
  { id, version, definition }: Pick<Segment, "id" | "version" | "definition">,
  at: Date,
): Promise<void> {
  await transaction.query(
    "INSERT INTO segment_versions (segment_id, version, definition, created_at) VALUES ($1, $2, $3, $4)",
    [id, version, JSON.stringify(definition), at],
  );
}

interface SegmentRow {
  id: string;
  workspace: string;
  name: string;
  description: string;
  segment_type: string;
  definition: string;
  version: number;
  computation: number;
  created_at: Date;
  updated_at: Date;
  member_count: number | null;
  last_computed_at: Date | null;
}

function toSegment(row: SegmentRow): Segment {
  return {
    id: row.id,
    workspace: row.workspace,
    name: row.name,
    description: row.description,
    segmentType: row.segment_type,
    definition: JSON.parse(row.definition) as SegmentDefinition,
    version: row.version,
    computation: row.computation,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    memberCount: row.member_count,
    lastComputedAt: row.last_computed_at,
  };
}
