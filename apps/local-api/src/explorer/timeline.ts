import type { Queryable } from "../store/database";
import { Filter } from "../store/filter";
import type { Position } from "./cursor";
import { canonicalUserId, idsOfUser } from "./identity";

export interface TimelineEvent {
  id: number;
  /** As it was sent, which may be the id of an anonymous visitor. */
  user_id: string;
  event_type: string;
  occurred_at: Date;
  /** As JSON text. */
  payload: string;
}

interface TimelineQuery {
  workspace: string;
  userId: string;
  eventType?: string | undefined;
  limit: number;
  after?: Position<number> | undefined;
}

/** A user's events by the time they occurred, latest first, those from before they were identified among them. */
export async function timeline(
  database: Queryable,
  { workspace, userId, eventType, limit, after }: TimelineQuery,
): Promise<{ count: number; results: TimelineEvent[] }> {
  const ids = await idsOfUser(database, workspace, await canonicalUserId(database, workspace, userId));
  const filter = new Filter()
    .add("workspace = ?", workspace)
    .add("user_id IN (SELECT unnest(CAST(? AS VARCHAR[])))", ids)
    .add("event_type = ?", eventType);
  const [total] = await database.query<{ n: number }>(
    `SELECT count(*) AS n FROM events ${filter.where}`,
    filter.filterParameters,
  );
  if (after !== undefined) {
    const [at, tie] = [filter.parameter(after.at), filter.parameter(after.tie)];
    filter.require(`(occurred_at < ${at} OR (occurred_at = ${at} AND id < ${tie}))`);
  }
  const results = await database.query<TimelineEvent>(
    `SELECT id, user_id, event_type, occurred_at, payload FROM events ${filter.where}
     ORDER BY occurred_at DESC, id DESC LIMIT ${filter.parameter(limit)}`,
    filter.parameters,
  );
  return { count: total?.n ?? 0, results };
}
