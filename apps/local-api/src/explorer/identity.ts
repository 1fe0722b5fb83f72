import type { Queryable } from "../store/database";

/** The user an id stands for: an anonymous visitor who was identified is that user. */
export async function canonicalUserId(database: Queryable, workspace: string, id: string): Promise<string> {
  const [row] = await database.query<{ user_id: string }>(
    "SELECT user_id FROM aliases WHERE workspace = $1 AND alias = $2",
    [workspace, id],
  );
  return row?.user_id ?? id;
}

/** Every id under which events of a user are stored. */
export async function idsOfUser(database: Queryable, workspace: string, userId: string): Promise<string[]> {
  const rows = await database.query<{ alias: string }>(
    "SELECT alias FROM aliases WHERE workspace = $1 AND user_id = $2 ORDER BY alias",
    [workspace, userId],
  );
  return [userId, ...rows.map(({ alias }) => alias)];
}
