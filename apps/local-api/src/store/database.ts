import type { Dialect } from "./dialect";

/** What a statement's `$1`, `$2`, … may stand for. Times are UTC; lists are for `CAST($1 AS VARCHAR[])`. */
export type SqlParameter = string | number | bigint | boolean | null | undefined | Date | readonly string[];

/** Something that runs SQL. Rows come back as numbers, strings, booleans, `Date`s and nulls; JSON as its text. */
export interface Queryable {
  readonly dialect: Dialect;
  /** Every value goes through `parameters`; SQL text is never built from a value. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export type SqlType = "BIGINT" | "BOOLEAN" | "JSON" | "TIMESTAMP" | "VARCHAR";

/** A table to write many rows into: its name, and all its columns in their order. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, SqlType>>;
}

/** What happens inside a transaction: seen by nobody else before it is committed. */
export interface Transaction extends Queryable {
  /** Adds rows in bulk. Their values are in the order of the table's columns. */
  append(table: Table, rows: readonly (readonly SqlParameter[])[]): Promise<void>;
}

/** The one seam between the server and its database. Reads see what is committed; writes go through `transaction`. */
export interface Database extends Queryable {
  /** Runs `work` whole or not at all. Where the database asks for it, `work` is run again: it must have no other effect. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Waits for running transactions, then lets go of the database. */
  close(): Promise<void>;
}
