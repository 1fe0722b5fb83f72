import type { SqlType } from "./database";

/**
 * The little in which the databases differ. Every method takes pieces of SQL (a column, an expression, a `$1`) and
 * returns a piece of SQL. What is not here is written in the SQL that both understand: `CAST(x AS y)`, `coalesce`,
 * `ON CONFLICT`, `unnest(CAST($1 AS VARCHAR[]))`, window functions, `ts + n * INTERVAL '1 day'`, `LIKE … ESCAPE`.
 */
export interface Dialect {
  readonly name: "duckdb" | "postgres";

  /** A statement that lets one server at a time change the schema, where several may share a database. */
  readonly schemaLock: string | null;

  /** Whether reads by key want an index. A column store scans faster than it keeps one up to date. */
  readonly wantsIndexes: boolean;

  /** How a column type is written in `CREATE TABLE`. */
  type(type: SqlType): string;

  /** The parameter to bind where `jsonText` and its siblings take a key, for the property of that name. */
  jsonKey(property: string): string;

  /** A top-level property as text, as `->>` gives it; SQL null where it is missing or JSON null. */
  jsonText(json: string, key: string): string;

  /** A top-level property as a double where it is a JSON number, otherwise SQL null. */
  jsonNumber(json: string, key: string): string;

  /**
   * The JSON type of a top-level property: `'string'`, `'number'`, `'boolean'`, `'object'`, `'array'`, `'null'`;
   * SQL null where it is missing.
   */
  jsonType(json: string, key: string): string;

  /** Whether a regular expression matches anywhere in a text. */
  regexMatch(text: string, pattern: string): string;

  /** Whether a text holds another, letter for letter. */
  contains(text: string, part: string): string;

  /** The days from one timestamp to another, with their fraction, as a double. */
  daysBetween(from: string, to: string): string;
}
