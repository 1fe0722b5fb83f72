import type { Pool, PoolClient, QueryResultRow } from "pg";
import type { Database, SqlParameter, Table, Transaction } from "../database";
import { QUERY_LIMIT_MS, QueryTimeout } from "../query-timeout";
import { postgresDialect } from "./dialect";
import { bound, bulkInsert } from "./values";

const MAX_ATTEMPTS = 5;
/** PostgreSQL gave up one transaction for the sake of another: serialization failure, deadlock. */
const RUN_AGAIN = ["40001", "40P01"];
const QUERY_CANCELED = "57014";

/** PostgreSQL, which several servers may share. */
export class PostgresDatabase implements Database {
  readonly dialect = postgresDialect;
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return run<Row>(this.#pool, sql, parameters);
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !RUN_AGAIN.includes(codeOf(error))) throw error;
      }
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("BEGIN");
      const result = await work(new PostgresTransaction(client));
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((rollback: Error) => {
        broken = rollback;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

class PostgresTransaction implements Transaction {
  readonly dialect = postgresDialect;
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return run<Row>(this.#client, sql, parameters);
  }

  async append(table: Table, rows: readonly (readonly SqlParameter[])[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#client.query(...bulkInsert(table, rows));
  }
}

async function run<Row>(on: Pool | PoolClient, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
  try {
    return (await on.query<QueryResultRow>(sql, parameters.map(bound))).rows as Row[];
  } catch (error) {
    if (codeOf(error) === QUERY_CANCELED) throw new QueryTimeout(QUERY_LIMIT_MS, { cause: error });
    throw error;
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? "");
}
