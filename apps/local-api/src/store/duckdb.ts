/** The little of DuckDB that its store needs. Everything here is peculiar to this database. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBValue,
  listValue,
} from "@duckdb/node-api";
import { StartError } from "../errors";
import { IN_MEMORY } from "../options";
import { MIGRATIONS } from "./migrations";

export type Parameter = string | number | bigint | null | Date | readonly string[];
export type Column = string | bigint | Date | null;

/** One connection: SQL with `$1` parameters in, plain JavaScript rows out. */
export class Connection {
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async run(sql: string, parameters: readonly Parameter[] = []): Promise<void> {
    // Without values the statement is not prepared first, which halves the cost of BEGIN and COMMIT.
    await this.#connection.run(sql, parameters.length === 0 ? undefined : parameters.map(toDuckDB));
  }

  async rows<Row>(sql: string, parameters: readonly Parameter[] = []): Promise<Row[]> {
    const reader = await this.#connection.runAndReadAll(sql, parameters.map(toDuckDB));
    return reader
      .getRowObjectsJS()
      .map((row) => Object.fromEntries(Object.entries(row).map(fromDuckDB)) as Row);
  }

  /** Adds rows in bulk, inside the running transaction. The columns are those of the table, in its order. */
  async append(table: string, rows: readonly (readonly Column[])[]): Promise<void> {
    if (rows.length === 0) return;
    const appender = await this.#connection.createAppender(table);
    try {
      for (const row of rows) {
        for (const value of row) appendColumn(appender, value);
        appender.endRow();
      }
    } finally {
      appender.closeSync();
    }
  }

  close(): void {
    this.#connection.closeSync();
  }
}

/** JSON is built in. Nothing else is wanted, least of all from the network. */
const SETTINGS = { autoinstall_known_extensions: "false" };

/** Opens the database in a folder, or in memory, and brings its schema up to date. */
export async function openDatabase(dataDirectory: string): Promise<DuckDBInstance> {
  const path = dataDirectory === IN_MEMORY ? IN_MEMORY : join(dataDirectory, "events.duckdb");
  if (path !== IN_MEMORY) await mkdir(dataDirectory, { recursive: true });
  const database = await DuckDBInstance.create(path, SETTINGS).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const connection = new Connection(await database.connect());
  await migrate(connection);
  connection.close();
  return database;
}

async function migrate(connection: Connection): Promise<void> {
  await connection.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
  const [row] = await connection.rows<{ version: number }>(
    "SELECT coalesce(max(version), 0) AS version FROM schema_version",
  );
  const current = row?.version ?? 0;
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new StartError(
      `The data was written by a newer version (schema ${current}, this one knows ${newest}). Update @segops/local-api or choose another data folder.`,
    );
  }
  for (const migration of MIGRATIONS) {
    if (migration.version <= current) continue;
    await connection.run("BEGIN");
    await apply(connection, migration);
    await connection.run("COMMIT");
  }
}

/** Empties the database within the running transaction. Far quicker than deleting row by row from its indexes. */
export async function recreateSchema(connection: Connection): Promise<void> {
  const tables = await connection.rows<{ table_name: string }>(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' AND table_name <> 'schema_version'",
  );
  for (const { table_name } of tables) await connection.run(`DROP TABLE "${table_name}"`);
  await connection.run("DELETE FROM schema_version");
  for (const migration of MIGRATIONS) await apply(connection, migration);
}

async function apply(
  connection: Connection,
  { version, statements }: (typeof MIGRATIONS)[number],
): Promise<void> {
  for (const statement of statements) await connection.run(statement);
  await connection.run("INSERT INTO schema_version VALUES ($1)", [version]);
}

function unreadable(path: string, error: unknown): StartError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/lock/i.test(reason)) {
    return new StartError(
      `The data in ${path} is in use by another process. Stop that server, or start this one with another data folder (--data).`,
      { cause: error },
    );
  }
  return new StartError(
    `The database ${path} could not be opened: ${reason} Move it away, or choose another data folder (--data).`,
    { cause: error },
  );
}

function timestamp(date: Date): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(date.getTime()) * 1000n);
}

function toDuckDB(value: Parameter): DuckDBValue {
  if (value instanceof Date) return timestamp(value);
  if (typeof value === "object" && value !== null) return listValue(value);
  return value;
}

function fromDuckDB([name, value]: [string, unknown]): [string, unknown] {
  return [name, typeof value === "bigint" ? Number(value) : value];
}

function appendColumn(appender: DuckDBAppender, value: Column): void {
  if (value === null) appender.appendNull();
  else if (typeof value === "string") appender.appendVarchar(value);
  else if (typeof value === "bigint") appender.appendBigInt(value);
  else appender.appendTimestamp(timestamp(value));
}
