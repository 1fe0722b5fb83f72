import type { Database, Transaction } from "./database";

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

interface GroupCommitOptions<Item, Result> {
  /** Writes many items, returning the result of each. Runs again when the transaction does. */
  write: (transaction: Transaction, items: readonly Item[]) => Promise<Result[]>;
  /** How much of a group an item takes up. */
  weightOf: (item: Item) => number;
  maxWeight: number;
  /** How many groups may be on their way at once. */
  concurrency: number;
}

/** Commits together what waits together: the disk is waited for once for all of it. */
export class GroupCommit<Item, Result> {
  readonly #database: Database;
  readonly #options: GroupCommitOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #running = 0;

  constructor(database: Database, options: GroupCommitOptions<Item, Result>) {
    this.#database = database;
    this.#options = options;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#running < this.#options.concurrency) this.#run();
    });
  }

  #run(): void {
    this.#running += 1;
    let group: Waiting<Item, Result>[] | undefined;
    const commit = this.#database.transaction((transaction) => {
      group ??= this.#takeGroup();
      return this.#options.write(transaction, itemsOf(group));
    });
    commit
      .then(
        (results) => settle(group ?? [], results),
        (error) => this.#failed(group ?? this.#waiting.splice(0), error),
      )
      .finally(() => {
        this.#running -= 1;
        if (this.#waiting.length > 0) this.#run();
      });
  }

  #takeGroup(): Waiting<Item, Result>[] {
    let weight = 0;
    const end = this.#waiting.findIndex(({ item }, index) => {
      weight += this.#options.weightOf(item);
      return index > 0 && weight > this.#options.maxWeight;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  /** One bad item must not take its neighbours with it: each gets a transaction of its own. */
  #failed(group: readonly Waiting<Item, Result>[], error: unknown): void {
    if (group.length < 2) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const single of group) {
      const commit = this.#database.transaction((transaction) =>
        this.#options.write(transaction, [single.item]),
      );
      commit.then((results) => settle([single], results), single.reject);
    }
  }
}

function itemsOf<Item, Result>(group: readonly Waiting<Item, Result>[]): Item[] {
  return group.map(({ item }) => item);
}

function settle<Item, Result>(group: readonly Waiting<Item, Result>[], results: readonly Result[]): void {
  group.forEach(({ resolve, reject }, index) => {
    const result = results[index];
    if (result === undefined) reject(new Error("The write returned no result."));
    else resolve(result);
  });
}
