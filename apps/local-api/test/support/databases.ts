import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { inject, onTestFinished } from "vitest";
import type { ServerOptions } from "../../src/index";

/** The kinds of database a promise is tested on. PostgreSQL is left out where there is none. */
export const DATABASES =
  inject("postgresUrl") === null ? (["duckdb"] as const) : (["duckdb", "postgres"] as const);

export const hasPostgres = inject("postgresUrl") !== null;

/** An empty database of the test's own, as the options of a server. It goes when the test ends. */
export async function emptyDatabase(kind: (typeof DATABASES)[number]): Promise<ServerOptions> {
  return kind === "duckdb" ? { dataDirectory: ":memory:" } : { databaseUrl: await emptyPostgres() };
}

/** As `emptyDatabase`, for several tests: it goes with the PostgreSQL of this run. */
export async function sharedDatabase(kind: (typeof DATABASES)[number]): Promise<ServerOptions> {
  return kind === "duckdb" ? { dataDirectory: ":memory:" } : { databaseUrl: (await createPostgres()).url };
}

/** The URL of an empty PostgreSQL database, which goes when the test ends. */
export async function emptyPostgres(): Promise<string> {
  const { url, drop } = await createPostgres();
  onTestFinished(drop);
  return url;
}

async function createPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = inject("postgresUrl");
  if (server === null) throw new Error("There is no PostgreSQL on this machine.");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await runOn(server, `CREATE DATABASE ${name}`);
  return {
    url: server.replace(/\/postgres$/, `/${name}`),
    drop: () => runOn(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function runOn(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
