import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { StartError } from "../../errors";
import { IN_MEMORY } from "../../options";
import type { Database, Transaction } from "../database";
import { QUERY_LIMIT_MS } from "../query-timeout";
import { Connection } from "./connection";
import { duckdbDialect } from "./dialect";
import { ReaderPool } from "./reader-pool";
import { TransactionQueue } from "./transaction-queue";

/** JSON is built in. Nothing else is wanted, least of all from the network. */
const SETTINGS = { autoinstall_known_extensions: "false" };

/** A DuckDB file, or memory: one connection writes, a few others read what is committed. */
export class DuckDBDatabase implements Database {
  readonly dialect = duckdbDialect;
  readonly #instance: DuckDBInstance;
  readonly #readers: ReaderPool;
  readonly #writes: TransactionQueue;

  private constructor(instance: DuckDBInstance, writer: Connection) {
    this.#instance = instance;
    this.#readers = new ReaderPool(instance);
    this.#writes = new TransactionQueue(writer);
  }

  static async open(dataDirectory: string): Promise<DuckDBDatabase> {
    const path = dataDirectory === IN_MEMORY ? IN_MEMORY : join(dataDirectory, "events.duckdb");
    if (path !== IN_MEMORY) await mkdir(dataDirectory, { recursive: true });
    const instance = await DuckDBInstance.create(path, SETTINGS).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    return new DuckDBDatabase(instance, new Connection(await instance.connect()));
  }

  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    return this.#readers.use((reader) => reader.queryWithin<Row>(QUERY_LIMIT_MS, sql, parameters));
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#writes.run(work);
  }

  async close(): Promise<void> {
    await this.#writes.close();
    await this.#readers.close();
    this.#instance.closeSync();
  }
}

function unreadable(path: string, error: unknown): StartError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/lock/i.test(reason)) {
    return new StartError(
      `The data in ${path} is in use by another process. Stop that server, or start this one with another data folder (--data).`,
      { cause: error },
    );
  }
  return new StartError(
    `The database ${path} could not be opened: ${reason} Move it away, or choose another data folder (--data).`,
    { cause: error },
  );
}
