import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, onTestFinished, test } from "vitest";
import { resolveOptions } from "../../src/options";
import type { Database, SqlType } from "../../src/store/database";
import { Connection } from "../../src/store/duckdb/connection";
import { openDatabase } from "../../src/store/open-database";
import { QueryTimeout } from "../../src/store/query-timeout";
import { DATABASES, emptyDatabase } from "../support/databases";

async function open(kind: (typeof DATABASES)[number]): Promise<Database> {
  const database = await openDatabase(resolveOptions(await emptyDatabase(kind)));
  onTestFinished(() => database.close());
  return database;
}

describe.each(DATABASES)("on %s", (kind) => {
  test("values come back as they went in, whatever the time zone of the database", async () => {
    const database = await open(kind);
    const columns = { n: "BIGINT", b: "BOOLEAN", j: "JSON", t: "TIMESTAMP", v: "VARCHAR" } as const;
    const ddl = Object.entries(columns).map(
      ([name, type]: [string, SqlType]) => `${name} ${database.dialect.type(type)}`,
    );
    const time = new Date("2026-07-01T01:02:03.456Z");
    const row = [9_007_199_254_740_991, true, '{"a": "}\\"{"}', time, 'a "quoted", {braced} \\ text'];
    await database.transaction(async (transaction) => {
      await transaction.query(`CREATE TABLE everything (${ddl})`);
      await transaction.append({ name: "everything", columns }, [row, [null, null, null, null, null]]);
    });
    const [stored, empty] = await database.query(
      "SELECT * FROM everything WHERE t = $1 OR t IS NULL ORDER BY n",
      [time],
    );
    expect(stored).toEqual({ n: row[0], b: true, j: row[2], t: time, v: row[4] });
    expect(empty).toEqual({ n: null, b: null, j: null, t: null, v: null });
  });

  test("a transaction that fails leaves nothing behind", async () => {
    const database = await open(kind);
    const failing = database.transaction(async (transaction) => {
      await transaction.query("INSERT INTO secrets (name, value) VALUES ('a', 'b')");
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await database.query("SELECT name FROM secrets")).toEqual([]);
  });

  test.each([
    ["text", "a", "1", 1, "number"],
    ["a fraction", "b", "1.5", 1.5, "number"],
    ["a text", "c", "x", null, "string"],
    ["a text of digits", "d", "12", null, "string"],
    ["true", "e", "true", null, "boolean"],
    ["null", "f", null, null, "null"],
    ["an object", "g", "{}", null, "object"],
    ["a list", "h", "[]", null, "array"],
    ["nothing", "i", null, null, null],
    ["a name with a slash", "j/k", "1", 1, "number"],
    ["a name with a tilde", "~1", "2", 2, "number"],
    ["a name like a path", "$.a", "3", 3, "number"],
    ["an empty name", "", "4", 4, "number"],
    ["a negative number", "n", "-7", -7, "number"],
  ])("%s in JSON is read alike", async (_, property, text, number, type) => {
    const { dialect, ...database } = await bound(await open(kind));
    const json = `CAST('{"a":1,"b":1.5,"c":"x","d":"12","e":true,"f":null,"g":{},"h":[],"j/k":1,"~1":2,"$.a":3,"":4,"n":-7}' AS ${dialect.type("JSON")})`;
    const [row] = await database.query(
      `SELECT ${dialect.jsonText(json, "$1")} AS text, ${dialect.jsonNumber(json, "$1")} AS number, ${dialect.jsonType(json, "$1")} AS type`,
      [dialect.jsonKey(property)],
    );
    expect(row).toEqual({ text, number, type });
  });

  test("texts, patterns and days are compared alike", async () => {
    const { dialect, query } = await bound(await open(kind));
    const [row] = await query(
      `SELECT ${dialect.contains("'50%_off'", "$1")} AS has, ${dialect.contains("'50 off'", "$1")} AS has_not,
              ${dialect.regexMatch("'page_viewed'", "$2")} AS matches, ${dialect.regexMatch("'page'", "$2")} AS matches_not,
              ${dialect.daysBetween("TIMESTAMP '2026-01-01 12:00:00'", "TIMESTAMP '2026-01-03 00:00:00'")} AS days`,
      ["%_", "^page_.+d$"],
    );
    expect(row).toEqual({ has: true, has_not: false, matches: true, matches_not: false, days: 1.5 });
  });
});

function bound(database: Database) {
  const query = (sql: string, parameters?: readonly unknown[]) => database.query(sql, parameters);
  return { dialect: database.dialect, query };
}

test("a query that takes too long is stopped, and the connection serves the next", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = new Connection(await instance.connect());
  const endless = connection.queryWithin(
    10,
    "SELECT count(*) FROM range(1000000000000) r(i) WHERE i % 7 = 3",
  );
  await expect(endless).rejects.toThrow(QueryTimeout);
  expect(await connection.queryWithin(10_000, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});
