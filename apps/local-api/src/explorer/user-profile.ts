import type { Queryable } from "../store/database";
import { canonicalUserId, idsOfUser } from "./identity";
import type { UserSummary } from "./users";

export interface UserProfile extends UserSummary {
  event_type_count: number;
  /** Traits: each as the latest `context_identified` that set it has it. */
  properties: Record<string, unknown>;
}

const IDENTIFIED = "context_identified";
/** The most identifications that are looked at, newest first. */
const MAX_IDENTIFICATIONS = 10_000;

/** What is known of a user. Undefined where no event is. */
export async function userProfile(
  database: Queryable,
  workspace: string,
  id: string,
): Promise<UserProfile | undefined> {
  const userId = await canonicalUserId(database, workspace, id);
  const ids = await idsOfUser(database, workspace, userId);
  const [summary] = await database.query<Omit<UserProfile, "user_id" | "properties">>(
    `SELECT count(*) AS event_count, min(occurred_at) AS first_seen, max(occurred_at) AS last_seen,
            count(DISTINCT event_type) AS event_type_count
     FROM events WHERE workspace = $1 AND user_id IN (SELECT unnest(CAST($2 AS VARCHAR[])))`,
    [workspace, ids],
  );
  if (summary === undefined || summary.event_count === 0) return undefined;
  const properties = await traitsOf(database, workspace, ids);
  return { user_id: userId, ...summary, properties };
}

async function traitsOf(
  database: Queryable,
  workspace: string,
  ids: readonly string[],
): Promise<Record<string, unknown>> {
  const rows = await database.query<{ payload: string }>(
    `SELECT payload FROM events
     WHERE workspace = $1 AND user_id IN (SELECT unnest(CAST($2 AS VARCHAR[]))) AND event_type = $3
     ORDER BY occurred_at DESC, id DESC LIMIT $4`,
    [workspace, ids, IDENTIFIED, MAX_IDENTIFICATIONS],
  );
  const traits = new Map<string, unknown>();
  for (const { payload } of rows) {
    for (const [name, value] of Object.entries(JSON.parse(payload) as Record<string, unknown>)) {
      if (!traits.has(name)) traits.set(name, value);
    }
  }
  return Object.fromEntries(traits);
}
