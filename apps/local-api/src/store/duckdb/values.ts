import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import type { SqlParameter, SqlType } from "../database";

/** A value with its type: without one, DuckDB takes a whole number for a HUGEINT, which few functions do. */
export function bound(parameter: unknown): [value: DuckDBValue, type: DuckDBType] {
  const value = parameter as SqlParameter;
  if (value === null || value === undefined) return [null, VARCHAR];
  if (typeof value === "string") return [value, VARCHAR];
  if (typeof value === "boolean") return [value, BOOLEAN];
  if (typeof value === "bigint") return [value, BIGINT];
  if (typeof value === "number")
    return Number.isSafeInteger(value) ? [BigInt(value), BIGINT] : [value, DOUBLE];
  if (value instanceof Date) return [timestamp(value), TIMESTAMP];
  if (Array.isArray(value)) return [listValue(value), LIST(VARCHAR)];
  throw new TypeError(`An SQL parameter cannot be ${String(parameter)}.`);
}

export function appendValue(appender: DuckDBAppender, type: SqlType, value: SqlParameter): void {
  if (value === null || value === undefined) appender.appendNull();
  else if (type === "BIGINT") appender.appendBigInt(BigInt(value as number));
  else if (type === "BOOLEAN") appender.appendBoolean(value as boolean);
  else if (type === "TIMESTAMP") appender.appendTimestamp(timestamp(value as Date));
  else appender.appendVarchar(value as string);
}

export function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === "bigint") row[name] = Number(value);
  }
  return row;
}

function timestamp(date: Date): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(date.getTime()) * 1000n);
}
