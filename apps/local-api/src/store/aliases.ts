import type { Transaction } from "./database";
import { anonymousUserId } from "./event-records";
import { inWorkspace, sortedEntries } from "./in-workspace";

/** Something that shows an anonymous id and a user together. */
export interface Sighting {
  workspace: string;
  userId: string;
  anonymousId: string | null;
  receivedAt: number;
}

/** The first claim of an anonymous id wins, in the order given. A visitor's own `anon_…` id claims nothing. */
export async function recordAliases(transaction: Transaction, sightings: readonly Sighting[]): Promise<void> {
  const claims = new Map<string, Sighting & { alias: string }>();
  for (const sighting of sightings) {
    const { workspace, userId, anonymousId } = sighting;
    if (anonymousId === null || userId.startsWith(anonymousUserId(""))) continue;
    const alias = anonymousUserId(anonymousId);
    const key = inWorkspace(workspace, alias);
    if (!claims.has(key)) claims.set(key, { ...sighting, alias });
  }
  if (claims.size === 0) return;
  const rows = sortedEntries(claims);
  await transaction.query(
    `INSERT INTO aliases (workspace, alias, user_id, created_at)
     SELECT unnest(CAST($1 AS VARCHAR[])), unnest(CAST($2 AS VARCHAR[])), unnest(CAST($3 AS VARCHAR[])),
            CAST($4 AS TIMESTAMP)
     ON CONFLICT DO NOTHING`,
    [
      rows.map(({ workspace }) => workspace),
      rows.map(({ alias }) => alias),
      rows.map(({ userId }) => userId),
      new Date(rows[0]?.receivedAt ?? 0),
    ],
  );
}
