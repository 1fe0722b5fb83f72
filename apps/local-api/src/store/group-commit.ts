import type { Connection } from "./duckdb";
import type { TransactionQueue } from "./transaction-queue";

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** Writes many items, returning the result of each. Runs inside a transaction, and again when that fails. */
export type WriteGroup<Item, Result> = (connection: Connection, items: readonly Item[]) => Promise<Result[]>;

/** The most items that share one commit. */
const MAX_GROUP = 64;

/** Commits together what waits together: the disk is waited for once for all of it. */
export class GroupCommit<Item, Result> {
  readonly #queue: TransactionQueue;
  readonly #write: WriteGroup<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];

  constructor(queue: TransactionQueue, write: WriteGroup<Item, Result>) {
    this.#queue = queue;
    this.#write = write;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#waiting.length === 1) this.#schedule();
    });
  }

  #schedule(): void {
    let group: Waiting<Item, Result>[] = [];
    const commit = this.#queue.run((connection) => {
      group = this.#waiting.splice(0, MAX_GROUP);
      if (this.#waiting.length > 0) this.#schedule();
      return this.#write(connection, items(group));
    });
    commit.then(
      (results) => settle(group, results),
      (error) => this.#failed(group, error),
    );
  }

  /** One bad item must not take its neighbours with it: each gets a transaction of its own. */
  #failed(group: readonly Waiting<Item, Result>[], error: unknown): void {
    const rest = group.length > 0 ? group : this.#waiting.splice(0);
    if (rest.length < 2) {
      for (const { reject } of rest) reject(error);
      return;
    }
    for (const single of rest) {
      const commit = this.#queue.run((connection) => this.#write(connection, [single.item]));
      commit.then((results) => settle([single], results), single.reject);
    }
  }
}

function items<Item, Result>(group: readonly Waiting<Item, Result>[]): Item[] {
  return group.map(({ item }) => item);
}

function settle<Item, Result>(group: readonly Waiting<Item, Result>[], results: readonly Result[]): void {
  group.forEach(({ resolve, reject }, index) => {
    const result = results[index];
    if (result === undefined) reject(new Error("The write returned no result."));
    else resolve(result);
  });
}
