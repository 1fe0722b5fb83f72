import type { Connection } from "./duckdb";
import { anonymousUserId } from "./event-store";

/** Something that shows an anonymous id and a user together. */
export interface Sighting {
  workspace: string;
  userId: string;
  anonymousId: string | null;
  receivedAt: number;
}

/** The first claim of an anonymous id wins, in the order given. A visitor's own `anon_…` id claims nothing. */
export async function recordAliases(connection: Connection, sightings: readonly Sighting[]): Promise<void> {
  const claims = new Map<string, Sighting & { alias: string }>();
  for (const sighting of sightings) {
    const { workspace, userId, anonymousId } = sighting;
    if (anonymousId === null || userId.startsWith(anonymousUserId(""))) continue;
    const alias = anonymousUserId(anonymousId);
    const key = JSON.stringify([workspace, alias]);
    if (!claims.has(key)) claims.set(key, { ...sighting, alias });
  }
  if (claims.size === 0) return;
  const rows = [...claims.values()];
  await connection.run(
    `INSERT INTO aliases (workspace, alias, user_id, created_at)
     SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[]), $4 ON CONFLICT DO NOTHING`,
    [
      rows.map(({ workspace }) => workspace),
      rows.map(({ alias }) => alias),
      rows.map(({ userId }) => userId),
      new Date(rows[0]?.receivedAt ?? 0),
    ],
  );
}
