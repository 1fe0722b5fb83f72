import { StartError } from "../errors";
import type { Database, Transaction } from "./database";
import { MIGRATIONS, type Migration } from "./migrations";

/** Brings the schema up to date, one numbered step after another, each whole or not at all. */
export async function migrate(database: Database, steps: readonly Migration[] = MIGRATIONS): Promise<void> {
  await database.transaction(async (transaction) => {
    const { schemaLock } = transaction.dialect;
    if (schemaLock !== null) await transaction.query(schemaLock);
    await transaction.query("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    const current = await versionOf(transaction);
    const newest = steps.at(-1)?.version ?? 0;
    if (current > newest) {
      throw new StartError(
        `The data was written by a newer version (schema ${current}, this one knows ${newest}). Update @segops/local-api or choose another data folder or database.`,
      );
    }
    for (const { version, up } of steps) {
      if (version <= current) continue;
      await up(transaction);
      await transaction.query("INSERT INTO schema_version VALUES ($1)", [version]);
    }
  });
}

async function versionOf(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ version: number }>(
    "SELECT coalesce(max(version), 0) AS version FROM schema_version",
  );
  return row?.version ?? 0;
}
