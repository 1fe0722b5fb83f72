import type { Connection } from "./duckdb";

/** A write may run twice (when its group fails, it runs again alone), so it must only touch the connection. */
export type Write<T> = (connection: Connection) => Promise<T>;

interface Job {
  run: (connection: Connection) => Promise<void>;
  settle: (failure?: unknown) => void;
}

/** The most writes that share one commit. */
const MAX_GROUP = 64;

/** The one writer. Whatever waits while a transaction runs is committed together in the next. */
export class WriteQueue {
  readonly #connection: Connection;
  #waiting: Job[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Resolves with the write's result once it is committed. */
  add<T>(write: Write<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("The store is closed."));
    return new Promise<T>((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        run: async (connection) => {
          result = await write(connection);
        },
        settle: (failure) => (failure === undefined ? resolve(result) : reject(failure)),
      });
      this.#draining ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
    this.#connection.close();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, MAX_GROUP);
      const failure = await this.#commit(group);
      if (failure === undefined || group.length === 1) {
        for (const job of group) job.settle(failure);
        continue;
      }
      for (const job of group) job.settle(await this.#commit([job]));
    }
    this.#draining = undefined;
  }

  /** Runs jobs in one transaction. Returns what went wrong, if anything did. */
  async #commit(jobs: readonly Job[]): Promise<unknown> {
    try {
      await this.#connection.run("BEGIN");
      for (const job of jobs) await job.run(this.#connection);
      await this.#connection.run("COMMIT");
      return undefined;
    } catch (error) {
      await this.#connection.run("ROLLBACK").catch(() => {});
      return error ?? new Error("The write failed.");
    }
  }
}
