import type { DuckDBInstance } from "@duckdb/node-api";
import { recordAliases } from "./aliases";
import { Connection, openDatabase, recreateSchema } from "./duckdb";
import { badEventPage, eventPage, readCounts } from "./event-queries";
import type {
  Alias,
  Counts,
  EventQuery,
  EventStore,
  Page,
  StoredBadEvent,
  StoredEvent,
  Submission,
  SubmissionOutcome,
} from "./event-store";
import { GroupCommit } from "./group-commit";
import { sweepIdempotencyKeys } from "./idempotency-keys";
import { SubmissionWriter } from "./submission-writer";
import { TransactionQueue } from "./transaction-queue";

const SWEEP_INTERVAL_MS = 60 * 60 * 1000;

/** Events in a DuckDB file, or in memory: one connection writes, another reads what is committed. */
export class DuckDBEventStore implements EventStore {
  readonly #database: DuckDBInstance;
  readonly #reader: Connection;
  readonly #writes: TransactionQueue;
  readonly #submissions: GroupCommit<Submission, SubmissionOutcome>;
  #sweptAt = 0;

  private constructor(
    database: DuckDBInstance,
    reader: Connection,
    writes: TransactionQueue,
    lastId: number,
  ) {
    this.#database = database;
    this.#reader = reader;
    this.#writes = writes;
    const writer = new SubmissionWriter(lastId);
    this.#submissions = new GroupCommit(writes, (connection, group) => writer.write(connection, group));
  }

  static async open(dataDirectory: string): Promise<DuckDBEventStore> {
    const database = await openDatabase(dataDirectory);
    const reader = new Connection(await database.connect());
    const writes = new TransactionQueue(new Connection(await database.connect()));
    const [row] = await reader.rows<{ last_id: number }>(
      `SELECT greatest((SELECT coalesce(max(id), 0) FROM events),
                       (SELECT coalesce(max(id), 0) FROM bad_events)) AS last_id`,
    );
    return new DuckDBEventStore(database, reader, writes, row?.last_id ?? 0);
  }

  submit(submission: Submission): Promise<SubmissionOutcome> {
    this.#sweep(submission.receivedAt);
    return this.#submissions.add(submission);
  }

  recordAlias(workspace: string, alias: Alias, at: number): Promise<void> {
    return this.#writes.run((connection) =>
      recordAliases(connection, [{ workspace, ...alias, receivedAt: at }]),
    );
  }

  counts(): Promise<Counts> {
    return readCounts(this.#reader);
  }

  events(query: EventQuery): Promise<Page<StoredEvent>> {
    return eventPage(this.#reader, query);
  }

  async event(id: number): Promise<StoredEvent | undefined> {
    const { results } = await eventPage(this.#reader, { limit: 1, after: id - 1, before: id + 1 });
    return results[0];
  }

  badEvents(query: EventQuery): Promise<Page<StoredBadEvent>> {
    return badEventPage(this.#reader, query);
  }

  async badEvent(id: number): Promise<StoredBadEvent | undefined> {
    const { results } = await badEventPage(this.#reader, { limit: 1, after: id - 1, before: id + 1 });
    return results[0];
  }

  reset(): Promise<void> {
    return this.#writes.run(recreateSchema);
  }

  async close(): Promise<void> {
    await this.#writes.close();
    this.#reader.close();
    this.#database.closeSync();
  }

  /** Runs beside the submission, never before it: an old key is ignored whether it is still there or not. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < SWEEP_INTERVAL_MS) return;
    this.#sweptAt = now;
    this.#writes.run((connection) => sweepIdempotencyKeys(connection, now)).catch(() => {});
  }
}
