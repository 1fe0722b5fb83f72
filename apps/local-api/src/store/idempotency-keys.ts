import type { Connection } from "./duckdb";
import type { Submission } from "./event-store";

/** How long an idempotency key is remembered. Event ids are remembered as long as their events. */
export const IDEMPOTENCY_WINDOW_MS = 24 * 60 * 60 * 1000;

interface Answered {
  answer: Record<string, unknown>;
  /** How many events came with it. */
  events: number;
}

/** The idempotency keys of a group of submissions: those known before, and those the group itself brings. */
export class IdempotencyKeys {
  readonly #known = new Map<string, Answered>();
  readonly #first: Submission[] = [];
  readonly #replays = new Map<Submission, Answered>();

  static async load(connection: Connection, submissions: readonly Submission[]): Promise<IdempotencyKeys> {
    const keys = new IdempotencyKeys();
    const wanted = submissions.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
    if (wanted.length === 0) return keys;
    const receivedAt = Math.min(...submissions.map((submission) => submission.receivedAt));
    const rows = await connection.rows<{
      workspace: string;
      idempotency_key: string;
      answer: string;
      events: number;
    }>(
      `SELECT workspace, idempotency_key, answer, events FROM idempotency_keys
       WHERE idempotency_key IN (SELECT unnest($1::VARCHAR[])) AND received_at > $2`,
      [wanted, new Date(receivedAt - IDEMPOTENCY_WINDOW_MS)],
    );
    for (const { workspace, idempotency_key, answer, events } of rows) {
      const answered = { answer: JSON.parse(answer) as Record<string, unknown>, events };
      keys.#known.set(JSON.stringify([workspace, idempotency_key]), answered);
    }
    return keys;
  }

  /** Whether a submission is the first with its key. Where it is not, `replayOf` has the first one's answer. */
  claim(submission: Submission): boolean {
    const { workspace, idempotencyKey, answer, events } = submission;
    if (idempotencyKey === null) return true;
    const key = JSON.stringify([workspace, idempotencyKey]);
    const known = this.#known.get(key);
    if (known !== undefined) {
      this.#replays.set(submission, known);
      return false;
    }
    this.#known.set(key, { answer, events: events.length });
    this.#first.push(submission);
    return true;
  }

  replayOf(submission: Submission): Answered | undefined {
    return this.#replays.get(submission);
  }

  /** Remembers the claimed keys. One from before the window is still there: it starts anew. */
  async save(connection: Connection): Promise<void> {
    if (this.#first.length === 0) return;
    await connection.run(
      `INSERT INTO idempotency_keys (workspace, idempotency_key, received_at, answer, events)
       SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), $3, unnest($4::VARCHAR[]), unnest($5::VARCHAR[])::BIGINT
       ON CONFLICT (workspace, idempotency_key) DO UPDATE
       SET received_at = excluded.received_at, answer = excluded.answer, events = excluded.events`,
      [
        this.#first.map(({ workspace }) => workspace),
        this.#first.map(({ idempotencyKey }) => idempotencyKey ?? ""),
        new Date(this.#first[0]?.receivedAt ?? 0),
        this.#first.map(({ answer }) => JSON.stringify(answer)),
        this.#first.map(({ events }) => String(events.length)),
      ],
    );
  }
}

export function sweepIdempotencyKeys(connection: Connection, now: number): Promise<void> {
  return connection.run("DELETE FROM idempotency_keys WHERE received_at <= $1", [
    new Date(now - IDEMPOTENCY_WINDOW_MS),
  ]);
}
