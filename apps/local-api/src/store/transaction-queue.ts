import type { Connection } from "./duckdb";

/** The one writer: transactions run one after another, each whole or not at all. */
export class TransactionQueue {
  readonly #connection: Connection;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Resolves with what the write returned, once it is committed. */
  run<T>(write: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("The store is closed."));
    const result = this.#last.then(() => this.#transaction(write));
    this.#last = result.catch(() => {});
    return result;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    this.#connection.close();
  }

  async #transaction<T>(write: (connection: Connection) => Promise<T>): Promise<T> {
    await this.#connection.run("BEGIN");
    try {
      const result = await write(this.#connection);
      await this.#connection.run("COMMIT");
      return result;
    } catch (error) {
      await this.#connection.run("ROLLBACK").catch(() => {});
      throw error;
    }
  }
}
