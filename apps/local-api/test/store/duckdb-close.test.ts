import { expect, test } from "vitest";
import { IN_MEMORY } from "../../src/options";
import { DuckDBDatabase } from "../../src/store/duckdb/duckdb-database";

// Two columns of many rows: long enough to be under way when the database is closed.
const LONG = "SELECT count(*)::BIGINT AS n FROM range(3000000) a WHERE hash(a.range + $1) % 3 = 0";

test("lets queries under way end before it closes, and takes no more", async () => {
  const database = await DuckDBDatabase.open(IN_MEMORY);
  const queries = Array.from({ length: 8 }, (_, number) => database.query<{ n: number }>(LONG, [number]));
  await database.close();
  const counts = (await Promise.all(queries)).map(([row]) => row?.n);
  expect(counts).toHaveLength(8);
  for (const count of counts) expect(count).toBeGreaterThan(0);
  await expect(database.query("SELECT 1")).rejects.toThrow("The database is closed.");
});
