import type { Dialect } from "../dialect";

export const postgresDialect: Dialect = {
  name: "postgres",
  // Any number will do, as long as it is always the same.
  schemaLock: "SELECT pg_advisory_xact_lock(7364701)",
  wantsIndexes: true,
  type: (type) => (type === "JSON" ? "JSONB" : type),
  jsonKey: (property) => property,
  jsonText: (json, key) => `(${json} ->> CAST(${key} AS TEXT))`,
  jsonNumber: (json, key) =>
    `CASE WHEN jsonb_typeof(${json} -> CAST(${key} AS TEXT)) = 'number' THEN CAST(${json} ->> CAST(${key} AS TEXT) AS DOUBLE PRECISION) END`,
  jsonType: (json, key) => `jsonb_typeof(${json} -> CAST(${key} AS TEXT))`,
  regexMatch: (text, pattern) => `(${text} ~ ${pattern})`,
  contains: (text, part) => `(strpos(${text}, ${part}) > 0)`,
  daysBetween: (from, to) => `CAST(extract(epoch FROM (${to} - ${from})) / 86400.0 AS DOUBLE PRECISION)`,
};
