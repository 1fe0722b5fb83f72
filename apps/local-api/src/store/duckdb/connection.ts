import type { DuckDBConnection } from "@duckdb/node-api";
import type { SqlParameter, Table, Transaction } from "../database";
import { QueryTimeout } from "../query-timeout";
import { duckdbDialect } from "./dialect";
import { appendValue, bound, plainRow } from "./values";

/** One connection: SQL with `$1` parameters in, plain JavaScript rows out. */
export class Connection implements Transaction {
  readonly dialect = duckdbDialect;
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (parameters.length === 0) {
      // Without values the statement is not prepared first, which halves the cost of BEGIN and COMMIT.
      return (await this.#connection.runAndReadAll(sql)).getRowObjectsJS().map(plainRow) as Row[];
    }
    const pairs = parameters.map(bound);
    const reader = await this.#connection.runAndReadAll(
      sql,
      pairs.map(([value]) => value),
      pairs.map(([, type]) => type),
    );
    return reader.getRowObjectsJS().map(plainRow) as Row[];
  }

  /** As `query`, stopped after `limitMs`. */
  async queryWithin<Row>(limitMs: number, sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    let stopped = false;
    const timer = setTimeout(() => {
      stopped = true;
      this.#connection.interrupt();
    }, limitMs);
    try {
      return await this.query<Row>(sql, parameters);
    } catch (error) {
      throw stopped ? new QueryTimeout(limitMs, { cause: error }) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  async append({ name, columns }: Table, rows: readonly (readonly SqlParameter[])[]): Promise<void> {
    if (rows.length === 0) return;
    const types = Object.values(columns);
    const appender = await this.#connection.createAppender(name);
    try {
      for (const row of rows) {
        types.forEach((type, index) => {
          appendValue(appender, type, row[index]);
        });
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
