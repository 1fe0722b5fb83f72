import type { Connection } from "./duckdb";
import {
  type Alias,
  anonymousUserId,
  type NewEvent,
  type Submission,
  type SubmissionOutcome,
} from "./event-store";

/** How long an idempotency key is remembered. Event ids are remembered as long as their events. */
export const IDEMPOTENCY_WINDOW_MS = 24 * 60 * 60 * 1000;

/** Writes one submission inside the transaction it is given, and numbers what it stores. */
export class SubmissionWriter {
  #lastId: number;

  constructor(lastId: number) {
    this.#lastId = lastId;
  }

  async write(connection: Connection, submission: Submission): Promise<SubmissionOutcome> {
    const { workspace, keyKind, receivedAt } = submission;
    const replay = await findAnswer(connection, submission);
    if (replay !== undefined) {
      await recordDuplicates(connection, submission, "idempotency_key", replay.events);
      return { answer: replay.answer, replayed: true, events: [], bad: [], duplicates: replay.events };
    }

    const fresh = await withoutKnownIds(connection, workspace, submission.events);
    const duplicates = submission.events.length - fresh.length;
    if (duplicates > 0) await recordDuplicates(connection, submission, "event_id", duplicates);

    const stored = { workspace, keyKind, receivedAt };
    const events = fresh.map((event) => ({
      ...event,
      ...stored,
      id: ++this.#lastId,
      resolvedUserId: event.userId,
    }));
    const bad = submission.bad.map((event) => ({ ...event, ...stored, id: ++this.#lastId }));
    const at = new Date(receivedAt);
    await connection.append(
      "events",
      events.map((event) => [
        BigInt(event.id),
        at,
        workspace,
        event.userId,
        event.eventType,
        new Date(event.occurredAt),
        event.payload,
        event.anonymousId,
        event.eventId,
        keyKind,
      ]),
    );
    await connection.append(
      "bad_events",
      bad.map((event) => [
        BigInt(event.id),
        at,
        workspace,
        keyKind,
        event.reason,
        event.field,
        event.message,
        event.received,
      ]),
    );
    await recordAliases(connection, workspace, aliasesOf(fresh), at);
    await rememberAnswer(connection, submission);
    return { answer: submission.answer, replayed: false, events, bad, duplicates };
  }
}

/** The first claim of an anonymous id wins, in the order given. A visitor's own `anon_…` id claims nothing. */
export async function recordAliases(
  connection: Connection,
  workspace: string,
  aliases: readonly Alias[],
  at: Date,
): Promise<void> {
  const firstClaims = new Map<string, string>();
  for (const { anonymousId, userId } of aliases) {
    const alias = anonymousUserId(anonymousId);
    if (!firstClaims.has(alias) && !userId.startsWith(anonymousUserId(""))) firstClaims.set(alias, userId);
  }
  if (firstClaims.size === 0) return;
  await connection.run(
    `INSERT INTO aliases (workspace, alias, user_id, created_at)
     SELECT $1, unnest($2::VARCHAR[]), unnest($3::VARCHAR[]), $4 ON CONFLICT DO NOTHING`,
    [workspace, [...firstClaims.keys()], [...firstClaims.values()], at],
  );
}

export function sweepIdempotencyKeys(connection: Connection, now: number): Promise<void> {
  return connection.run("DELETE FROM idempotency_keys WHERE received_at <= $1", [
    new Date(now - IDEMPOTENCY_WINDOW_MS),
  ]);
}

function aliasesOf(events: readonly NewEvent[]): Alias[] {
  return events.flatMap(({ anonymousId, userId }) => (anonymousId === null ? [] : [{ anonymousId, userId }]));
}

async function findAnswer(
  connection: Connection,
  { workspace, idempotencyKey, receivedAt }: Submission,
): Promise<{ answer: Record<string, unknown>; events: number } | undefined> {
  if (idempotencyKey === null) return undefined;
  const [row] = await connection.rows<{ answer: string; events: number }>(
    `SELECT answer, events FROM idempotency_keys
     WHERE workspace = $1 AND idempotency_key = $2 AND received_at > $3`,
    [workspace, idempotencyKey, new Date(receivedAt - IDEMPOTENCY_WINDOW_MS)],
  );
  return row && { answer: JSON.parse(row.answer) as Record<string, unknown>, events: row.events };
}

async function rememberAnswer(connection: Connection, submission: Submission): Promise<void> {
  if (submission.idempotencyKey === null) return;
  await connection.run(
    `INSERT INTO idempotency_keys (workspace, idempotency_key, received_at, answer, events)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace, idempotency_key) DO UPDATE
     SET received_at = excluded.received_at, answer = excluded.answer, events = excluded.events`,
    [
      submission.workspace,
      submission.idempotencyKey,
      new Date(submission.receivedAt),
      JSON.stringify(submission.answer),
      BigInt(submission.events.length),
    ],
  );
}

async function withoutKnownIds(
  connection: Connection,
  workspace: string,
  events: readonly NewEvent[],
): Promise<NewEvent[]> {
  const ids = new Set(events.flatMap((event) => event.eventId ?? []));
  if (ids.size === 0) return [...events];
  const inserted = await connection.rows<{ event_id: string }>(
    `INSERT INTO event_ids (workspace, event_id)
     SELECT $1, unnest($2::VARCHAR[]) ON CONFLICT DO NOTHING RETURNING event_id`,
    [workspace, [...ids]],
  );
  const unseen = new Set(inserted.map((row) => row.event_id));
  return events.filter((event) => event.eventId === null || unseen.delete(event.eventId));
}

async function recordDuplicates(
  connection: Connection,
  { workspace, receivedAt }: Submission,
  recognisedBy: "idempotency_key" | "event_id",
  events: number,
): Promise<void> {
  await connection.run(
    "INSERT INTO duplicates (received_at, workspace, recognised_by, events) VALUES ($1, $2, $3, $4)",
    [new Date(receivedAt), workspace, recognisedBy, BigInt(events)],
  );
}
