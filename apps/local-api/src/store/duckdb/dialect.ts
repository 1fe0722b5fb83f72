import type { Dialect } from "../dialect";

const JSON_TYPES: Record<string, string> = {
  VARCHAR: "string",
  BOOLEAN: "boolean",
  OBJECT: "object",
  ARRAY: "array",
  NULL: "null",
};

export const duckdbDialect: Dialect = {
  name: "duckdb",
  schemaLock: null,
  wantsIndexes: false,
  type: (type) => type,
  /** A JSON Pointer: a bare name would be read as a path when it begins with `$`. */
  jsonKey: (property) => `/${property.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  jsonText: (json, key) => `(${json} ->> ${key})`,
  jsonNumber: (json, key) =>
    `CASE WHEN json_type(${json}, ${key}) IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE') THEN TRY_CAST(${json} ->> ${key} AS DOUBLE) END`,
  jsonType: (json, key) => {
    const type = `json_type(${json}, ${key})`;
    const cases = Object.entries(JSON_TYPES).map(([name, means]) => `WHEN '${name}' THEN '${means}'`);
    return `CASE WHEN ${type} IS NULL THEN NULL ELSE CASE ${type} ${cases.join(" ")} ELSE 'number' END END`;
  },
  regexMatch: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  contains: (text, part) => `contains(${text}, ${part})`,
  daysBetween: (from, to) => `(epoch_ms(${to}) - epoch_ms(${from})) / 86400000.0`,
};
