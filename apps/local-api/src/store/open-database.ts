import type { ResolvedOptions } from "../options";
import type { Database } from "./database";
import { DuckDBDatabase } from "./duckdb/duckdb-database";
import { migrate } from "./migrate";
import { openPostgres } from "./postgres/open-postgres";

/** Opens PostgreSQL where a URL says so, otherwise the embedded database, and brings its schema up to date. */
export async function openDatabase({
  databaseUrl,
  dataDirectory,
  logError,
}: ResolvedOptions): Promise<Database> {
  const database =
    databaseUrl === "" ? await DuckDBDatabase.open(dataDirectory) : await openPostgres(databaseUrl, logError);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
