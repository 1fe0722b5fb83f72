import { StartError } from "../../errors";
import { QUERY_LIMIT_MS } from "../query-timeout";
import { PostgresDatabase } from "./postgres-database";
import { typesOf } from "./values";

/** Connects to PostgreSQL. The driver is loaded here and nowhere else, since most servers never need it. */
export async function openPostgres(
  url: string,
  logError: (error: unknown) => void,
): Promise<PostgresDatabase> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "segops-local",
    statement_timeout: QUERY_LIMIT_MS,
    types: typesOf(pg.types.getTypeParser),
  });
  // A connection that breaks while idle is replaced when it is next needed.
  pool.on("error", logError);
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw new StartError(
      `PostgreSQL at ${withoutPassword(url)} could not be reached: ${reasonOf(error)}. Check DATABASE_URL, or unset it to use the embedded database.`,
      { cause: error },
    );
  }
  return new PostgresDatabase(pool);
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.host}${parsed.pathname}`;
  } catch {
    return "the address of DATABASE_URL";
  }
}
