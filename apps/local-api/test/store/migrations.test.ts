import { describe, expect, onTestFinished, test } from "vitest";
import type { Database } from "../../src/store/database";
import { DuckDBDatabase } from "../../src/store/duckdb/duckdb-database";
import { migrate } from "../../src/store/migrate";
import { MIGRATIONS } from "../../src/store/migrations";
import { openPostgres } from "../../src/store/postgres/open-postgres";
import { DATABASES, emptyPostgres } from "../support/databases";

async function openBare(kind: (typeof DATABASES)[number]): Promise<Database> {
  const database =
    kind === "duckdb"
      ? await DuckDBDatabase.open(":memory:")
      : await openPostgres(await emptyPostgres(), console.error);
  onTestFinished(() => database.close());
  return database;
}

const newest = MIGRATIONS.at(-1)?.version ?? 0;
const versions = (database: Database) =>
  database.query<{ version: number }>("SELECT version FROM schema_version ORDER BY version");

describe.each(DATABASES)("on %s", (kind) => {
  test("data of the first version is taken along, and new ids follow the old ones", async () => {
    const database = await openBare(kind);
    await migrate(database, MIGRATIONS.slice(0, 1));
    await database.transaction((transaction) =>
      transaction.query(
        `INSERT INTO events (id, received_at, workspace, user_id, event_type, occurred_at, payload, key_kind)
         VALUES (41, $1, 'local', 'ada', 'page_viewed', $1, '{}', 'secret')`,
        [new Date(0)],
      ),
    );
    await migrate(database);
    expect(await database.query("SELECT id, resolved_user_id FROM resolved_events")).toEqual([
      { id: 41, resolved_user_id: "ada" },
    ]);
    expect(await database.query("SELECT nextval('row_ids') AS id")).toEqual([{ id: 42 }]);
  });

  test("each step is taken once, also when servers start together", async () => {
    const database = await openBare(kind);
    await Promise.all([migrate(database), migrate(database), migrate(database)]);
    expect(await versions(database)).toEqual(MIGRATIONS.map(({ version }) => ({ version })));
  });

  test("a step that fails leaves the schema as it was", async () => {
    const database = await openBare(kind);
    await migrate(database);
    const broken = {
      version: newest + 1,
      up: (t: { query: Database["query"] }) => t.query("CREATE nonsense"),
    };
    const up = async (transaction: Parameters<typeof broken.up>[0]) => void (await broken.up(transaction));
    await expect(migrate(database, [...MIGRATIONS, { ...broken, up }])).rejects.toThrow();
    expect(await versions(database)).toHaveLength(MIGRATIONS.length);
  });

  test("data of a newer version is left alone", async () => {
    const database = await openBare(kind);
    const next = { version: newest + 1, up: async () => {} };
    await migrate(database, [...MIGRATIONS, next]);
    await expect(migrate(database)).rejects.toThrow(`schema ${newest + 1}, this one knows ${newest}`);
  });
});
