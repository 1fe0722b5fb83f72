import type { Transaction } from "./database";
import type { Submission } from "./event-records";
import { inWorkspace, sortedEntries } from "./in-workspace";

/** How long an idempotency key is remembered. Event ids are remembered as long as their events. */
export const IDEMPOTENCY_WINDOW_MS = 24 * 60 * 60 * 1000;

/** Keys are deleted a while after they are forgotten, never while a request may still look one up. */
const SWEEP_MARGIN_MS = 60 * 60 * 1000;

/** The answer that a key got first. */
export interface Answered {
  answer: Record<string, unknown>;
  /** How many events came with it. */
  events: number;
  fingerprint: string | null;
}

type Keyed = Submission & { idempotencyKey: string };

/**
 * Claims the idempotency keys of submissions, and returns what those that are repeats were answered first. A key
 * that another transaction is claiming at this moment is waited for.
 */
export async function claimIdempotencyKeys(
  transaction: Transaction,
  submissions: readonly Submission[],
): Promise<Map<Submission, Answered>> {
  const firsts = new Map<string, Keyed>();
  for (const submission of submissions) {
    if (!isKeyed(submission)) continue;
    const key = keyOf(submission);
    if (!firsts.has(key)) firsts.set(key, submission);
  }
  if (firsts.size === 0) return new Map();
  const claimed = await insert(transaction, sortedEntries(firsts));
  const known = await answersOf(
    transaction,
    [...firsts].filter(([key]) => !claimed.has(key)).map(([, submission]) => submission),
  );
  const replays = new Map<Submission, Answered>();
  for (const submission of submissions) {
    if (!isKeyed(submission)) continue;
    const key = keyOf(submission);
    const first = firsts.get(key);
    const answered = known.get(key);
    if (answered !== undefined) replays.set(submission, answered);
    else if (first !== undefined && first !== submission) replays.set(submission, answeredBy(first));
  }
  return replays;
}

/** Inserts what is new. A key from before the window starts anew. Returns those that were inserted. */
async function insert(transaction: Transaction, submissions: readonly Keyed[]): Promise<Set<string>> {
  const oldest = Math.min(...submissions.map(({ receivedAt }) => receivedAt)) - IDEMPOTENCY_WINDOW_MS;
  const rows = await transaction.query<{ workspace: string; idempotency_key: string }>(
    `INSERT INTO idempotency_keys AS known (workspace, idempotency_key, received_at, answer, events, fingerprint)
     SELECT unnest(CAST($1 AS VARCHAR[])), unnest(CAST($2 AS VARCHAR[])),
            CAST(unnest(CAST($3 AS VARCHAR[])) AS TIMESTAMP), unnest(CAST($4 AS VARCHAR[])),
            CAST(unnest(CAST($5 AS VARCHAR[])) AS BIGINT), unnest(CAST($6 AS VARCHAR[]))
     ON CONFLICT (workspace, idempotency_key) DO UPDATE
     SET received_at = excluded.received_at, answer = excluded.answer, events = excluded.events,
         fingerprint = excluded.fingerprint
     WHERE known.received_at <= $7
     RETURNING workspace, idempotency_key`,
    [
      submissions.map(({ workspace }) => workspace),
      submissions.map(({ idempotencyKey }) => idempotencyKey),
      submissions.map(({ receivedAt }) => new Date(receivedAt).toISOString()),
      submissions.map(({ answer }) => JSON.stringify(answer)),
      submissions.map(({ events }) => String(events.length)),
      submissions.map(({ fingerprint }) => fingerprint ?? ""),
      new Date(oldest),
    ],
  );
  return new Set(rows.map((row) => inWorkspace(row.workspace, row.idempotency_key)));
}

async function answersOf(
  transaction: Transaction,
  submissions: readonly Keyed[],
): Promise<Map<string, Answered>> {
  if (submissions.length === 0) return new Map();
  const rows = await transaction.query<{
    workspace: string;
    idempotency_key: string;
    answer: string;
    events: number;
    fingerprint: string | null;
  }>(
    `SELECT workspace, idempotency_key, answer, events, fingerprint FROM idempotency_keys
     WHERE idempotency_key IN (SELECT unnest(CAST($1 AS VARCHAR[])))`,
    [submissions.map(({ idempotencyKey }) => idempotencyKey)],
  );
  return new Map(
    rows.map(({ workspace, idempotency_key, answer, events, fingerprint }) => [
      inWorkspace(workspace, idempotency_key),
      { answer: JSON.parse(answer) as Record<string, unknown>, events, fingerprint },
    ]),
  );
}

export async function sweepIdempotencyKeys(transaction: Transaction, now: number): Promise<void> {
  await transaction.query("DELETE FROM idempotency_keys WHERE received_at <= $1", [
    new Date(now - IDEMPOTENCY_WINDOW_MS - SWEEP_MARGIN_MS),
  ]);
}

function isKeyed(submission: Submission): submission is Keyed {
  return submission.idempotencyKey !== null;
}

function keyOf({ workspace, idempotencyKey }: Keyed): string {
  return inWorkspace(workspace, idempotencyKey);
}

function answeredBy({ answer, events, fingerprint }: Submission): Answered {
  return { answer, events: events.length, fingerprint };
}
