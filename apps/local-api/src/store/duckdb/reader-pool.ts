import type { DuckDBInstance } from "@duckdb/node-api";
import { Connection } from "./connection";

const MAX_READERS = 4;

/** A few connections that read what is committed, so that one long query does not hold up the short ones. */
export class ReaderPool {
  readonly #instance: DuckDBInstance;
  readonly #idle: Connection[] = [];
  readonly #all: Connection[] = [];
  readonly #waiting: ((reader: Connection) => void)[] = [];
  readonly #reads = new Set<Promise<unknown>>();
  #opened = 0;
  #closing = false;

  constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  async use<T>(work: (reader: Connection) => Promise<T>): Promise<T> {
    if (this.#closing) throw new Error("The database is closed.");
    const result = this.#read(work);
    const settled: Promise<unknown> = result.then(
      () => this.#reads.delete(settled),
      () => this.#reads.delete(settled),
    );
    this.#reads.add(settled);
    return result;
  }

  /** Closes the connections when they have nothing to do any more: DuckDB takes the process down otherwise. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#reads);
    for (const reader of this.#all) reader.close();
  }

  async #read<T>(work: (reader: Connection) => Promise<T>): Promise<T> {
    const reader = await this.#take();
    try {
      return await work(reader);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(reader);
      else next(reader);
    }
  }

  async #take(): Promise<Connection> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#opened >= MAX_READERS) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#opened += 1;
    const reader = new Connection(await this.#instance.connect());
    this.#all.push(reader);
    return reader;
  }
}
