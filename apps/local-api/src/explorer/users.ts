import type { Queryable } from "../store/database";
import { Filter } from "../store/filter";
import type { Position } from "./cursor";

export interface UserSummary {
  user_id: string;
  event_count: number;
  first_seen: Date;
  last_seen: Date;
}

interface UserQuery {
  workspace: string;
  /** Part of a user id, in any case. */
  q?: string | undefined;
  limit: number;
  after?: Position<string> | undefined;
}

/** Users by the time they were last seen, latest first, anonymous visitors who were not identified among them. */
export async function findUsers(
  database: Queryable,
  { workspace, q, limit, after }: UserQuery,
): Promise<{ count: number; results: UserSummary[] }> {
  const filter = new Filter()
    .add("workspace = ?", workspace)
    .add(database.dialect.contains("lower(resolved_user_id)", "lower(?)"), q || undefined);
  const [total] = await database.query<{ n: number }>(
    `SELECT count(DISTINCT resolved_user_id) AS n FROM resolved_events ${filter.where}`,
    filter.filterParameters,
  );
  const page = new Filter(filter.parameters);
  if (after !== undefined) {
    const [at, tie] = [page.parameter(after.at), page.parameter(after.tie)];
    page.require(`(last_seen < ${at} OR (last_seen = ${at} AND user_id < ${tie}))`);
  }
  const results = await database.query<UserSummary>(
    `SELECT * FROM (
       SELECT resolved_user_id AS user_id, count(*) AS event_count,
              min(occurred_at) AS first_seen, max(occurred_at) AS last_seen
       FROM resolved_events ${filter.where} GROUP BY resolved_user_id) users
     ${page.where} ORDER BY last_seen DESC, user_id DESC LIMIT ${page.parameter(limit)}`,
    page.parameters,
  );
  return { count: total?.n ?? 0, results };
}
