import { recordAliases } from "./aliases";
import type { Database } from "./database";
import { badEventPage, eventPage, readCounts } from "./event-queries";
import type {
  Alias,
  Counts,
  EventQuery,
  Page,
  Scope,
  StoredBadEvent,
  StoredEvent,
  Submission,
  SubmissionOutcome,
} from "./event-records";
import { RECEIVED_TABLES } from "./event-tables";
import { GroupCommit } from "./group-commit";
import { sweepIdempotencyKeys } from "./idempotency-keys";
import { writeSubmissions } from "./submission-writer";

const SWEEP_INTERVAL_MS = 60 * 60 * 1000;
const MAX_EVENTS_PER_COMMIT = 10_000;
/** With an embedded database there is one writer; a server has many. */
const CONCURRENT_COMMITS = { duckdb: 1, postgres: 4 };

/** Events, where they come from and where they are read. */
export class EventStore {
  readonly #database: Database;
  readonly #submissions: GroupCommit<Submission, SubmissionOutcome>;
  #sweptAt = 0;

  constructor(database: Database) {
    this.#database = database;
    this.#submissions = new GroupCommit(database, {
      write: writeSubmissions,
      weightOf: ({ events, bad }) => events.length + bad.length,
      maxWeight: MAX_EVENTS_PER_COMMIT,
      concurrency: CONCURRENT_COMMITS[database.dialect.name],
    });
  }

  /** Resolves once the submission is committed. */
  submit(submission: Submission): Promise<SubmissionOutcome> {
    this.#sweep(submission.receivedAt);
    return this.#submissions.add(submission);
  }

  /** The first claim of an anonymous id wins; later ones change nothing. */
  recordAlias(workspace: string, alias: Alias, at: number): Promise<void> {
    return this.#database.transaction((transaction) =>
      recordAliases(transaction, [{ workspace, ...alias, receivedAt: at }]),
    );
  }

  counts(workspace?: Scope): Promise<Counts> {
    return readCounts(this.#database, workspace);
  }

  /** Newest first. */
  events(query: EventQuery): Promise<Page<StoredEvent>> {
    return eventPage(this.#database, query);
  }

  async event(id: number, workspace?: Scope): Promise<StoredEvent | undefined> {
    const { results } = await this.events({ workspace, limit: 1, after: id - 1, before: id + 1 });
    return results[0];
  }

  /** Newest first. */
  badEvents(query: EventQuery): Promise<Page<StoredBadEvent>> {
    return badEventPage(this.#database, query);
  }

  async badEvent(id: number, workspace?: Scope): Promise<StoredBadEvent | undefined> {
    const { results } = await this.badEvents({ workspace, limit: 1, after: id - 1, before: id + 1 });
    return results[0];
  }

  /** Forgets what was received, by one workspace or by all. */
  reset(workspace?: Scope): Promise<void> {
    return this.#database.transaction(async (transaction) => {
      for (const table of RECEIVED_TABLES) {
        if (workspace === undefined) await transaction.query(`DELETE FROM ${table}`);
        else await transaction.query(`DELETE FROM ${table} WHERE workspace = $1`, [workspace]);
      }
    });
  }

  /** Runs beside the submission, never before it: an old key is ignored whether it is still there or not. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < SWEEP_INTERVAL_MS) return;
    this.#sweptAt = now;
    this.#database.transaction((transaction) => sweepIdempotencyKeys(transaction, now)).catch(() => {});
  }
}
