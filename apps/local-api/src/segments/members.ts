import type { Database, Queryable } from "../store/database";
import { membershipChanges } from "./evaluation";
import type { Definitions } from "./references";
import type { Segment } from "./segment-registry";

const ROWS_PER_STATEMENT = 10_000;
const MEMBERS = { name: "segment_members", columns: { segment_id: "VARCHAR", user_id: "VARCHAR" } } as const;

/**
 * Brings the stored members of a segment up to date. The long part of it only reads, and holds up no writer.
 * Tells whether it was done: the segment may have been changed or computed by another in the meantime.
 */
export async function computeMembers(
  database: Database,
  segment: Segment,
  definitions: Definitions,
  now: number,
): Promise<boolean> {
  const { id, workspace, definition, version, computation } = segment;
  const { entered, left } = await membershipChanges({
    database,
    workspace,
    definition,
    definitions,
    id,
    now,
  });
  return database.transaction(async (transaction) => {
    const [current] = await transaction.query(
      `UPDATE segments SET computation = computation + 1, last_computed_at = $4
       WHERE id = $1 AND version = $2 AND computation = $3 RETURNING id`,
      [id, version, computation, new Date(now)],
    );
    if (current === undefined) return false;
    for (const some of slices(left)) {
      await transaction.query(
        "DELETE FROM segment_members WHERE segment_id = $1 AND user_id IN (SELECT unnest(CAST($2 AS VARCHAR[])))",
        [id, some],
      );
    }
    for (const some of slices(entered)) {
      await transaction.append(
        MEMBERS,
        some.map((user) => [id, user]),
      );
    }
    await transaction.query(
      `UPDATE segments SET member_count = (SELECT count(*) FROM segment_members WHERE segment_id = $1) WHERE id = $1`,
      [id],
    );
    return true;
  });
}

/** A page of members, sorted, from behind `after` on. */
export async function membersPage(
  database: Queryable,
  { id }: Segment,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await database.query<{ user_id: string }>(
    `SELECT user_id FROM segment_members WHERE segment_id = $1 AND user_id COLLATE "C" > $2
     ORDER BY user_id COLLATE "C" LIMIT CAST($3 AS BIGINT)`,
    [id, after ?? "", limit],
  );
  return rows.map(({ user_id }) => user_id);
}

/** The ids of the segments that a user was in when they were last computed. */
export async function segmentsOfUser(database: Queryable, user: string): Promise<Set<string>> {
  const rows = await database.query<{ segment_id: string }>(
    "SELECT segment_id FROM segment_members WHERE user_id = $1",
    [user],
  );
  return new Set(rows.map(({ segment_id }) => segment_id));
}

/** The user that an id stands for: an anonymous one stands for whoever was the first to claim it. */
export async function resolveUser(database: Queryable, workspace: string, user: string): Promise<string> {
  const [alias] = await database.query<{ user_id: string }>(
    "SELECT user_id FROM aliases WHERE workspace = $1 AND alias = $2",
    [workspace, user],
  );
  return alias?.user_id ?? user;
}

function* slices<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    yield items.slice(start, start + ROWS_PER_STATEMENT);
  }
}
