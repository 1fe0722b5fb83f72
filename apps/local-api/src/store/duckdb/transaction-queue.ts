import type { Connection } from "./connection";

/** The one writer: transactions run one after another, each whole or not at all. */
export class TransactionQueue {
  readonly #connection: Connection;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Resolves with what the work returned, once it is committed. */
  run<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("The database is closed."));
    const result = this.#last.then(() => this.#transaction(work));
    this.#last = result.catch(() => {});
    return result;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    this.#connection.close();
  }

  async #transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    await this.#connection.query("BEGIN");
    try {
      const result = await work(this.#connection);
      await this.#connection.query("COMMIT");
      return result;
    } catch (error) {
      await this.#connection.query("ROLLBACK").catch(() => {});
      throw error;
    }
  }
}
