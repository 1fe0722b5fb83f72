import type { CustomTypesConfig } from "pg";
import type { SqlParameter, Table } from "../database";

const INT8 = 20;
const NUMERIC = 1700;
const TIMESTAMP = 1114;
const JSON_TYPES = [114, 3802];

/** Rows as every database of ours gives them: numbers as numbers, times in UTC, JSON as its text. */
export function typesOf(getDefault: CustomTypesConfig["getTypeParser"]): CustomTypesConfig {
  return {
    getTypeParser: ((oid: number, format?: "text" | "binary") => {
      if (oid === INT8 || oid === NUMERIC) return Number;
      if (oid === TIMESTAMP) return (text: string) => new Date(`${text.replace(" ", "T")}Z`);
      if (JSON_TYPES.includes(oid)) return (text: string) => text;
      return getDefault(oid, format as "text");
    }) as CustomTypesConfig["getTypeParser"],
  };
}

/** Times as UTC text, since pg would write them in the zone of this process. PostgreSQL holds no NUL in a text. */
export function bound(parameter: unknown): unknown {
  if (parameter instanceof Date) return parameter.toISOString();
  if (typeof parameter === "string") return parameter.replaceAll("\0", "\ufffd");
  if (Array.isArray(parameter)) return parameter.map(bound);
  return parameter;
}

/** One statement for any number of rows: each column travels as an array. */
export function bulkInsert(
  { name, columns }: Table,
  rows: readonly (readonly SqlParameter[])[],
): [string, unknown[]] {
  const types = Object.values(columns).map((type) => (type === "JSON" ? "JSONB" : type));
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`);
  const values = types.map((_, index) => rows.map((row) => bound(row[index] ?? null)));
  return [`INSERT INTO ${name} (${Object.keys(columns)}) SELECT * FROM unnest(${arrays})`, values];
}
