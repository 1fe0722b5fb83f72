import { recordAliases } from "./aliases";
import type { Connection } from "./duckdb";
import type { NewEvent, Submission, SubmissionOutcome } from "./event-store";
import { IdempotencyKeys } from "./idempotency-keys";

/** Writes submissions inside the transaction it is given, and numbers what it stores. */
export class SubmissionWriter {
  #lastId: number;

  constructor(lastId: number) {
    this.#lastId = lastId;
  }

  async write(connection: Connection, submissions: readonly Submission[]): Promise<SubmissionOutcome[]> {
    const keys = await IdempotencyKeys.load(connection, submissions);
    const fresh = submissions.filter((submission) => keys.claim(submission));
    const unseen = await claimEventIds(connection, fresh);
    const outcomes = submissions.map((submission) => {
      const replay = keys.replayOf(submission);
      if (replay === undefined) return this.#number(submission, unseen);
      return { answer: replay.answer, replayed: true, events: [], bad: [], duplicates: replay.events };
    });
    await append(connection, submissions, outcomes);
    await keys.save(connection);
    await recordAliases(
      connection,
      outcomes.flatMap(({ events }) => events),
    );
    return outcomes;
  }

  #number(submission: Submission, unseen: Set<string>): SubmissionOutcome {
    const { workspace, keyKind, receivedAt, answer } = submission;
    const isUnseen = ({ eventId }: NewEvent) => eventId === null || unseen.delete(scoped(workspace, eventId));
    const kept = submission.events.filter(isUnseen);
    const number = () => ({ workspace, keyKind, receivedAt, id: ++this.#lastId });
    return {
      answer,
      replayed: false,
      events: kept.map((event) => ({ ...event, ...number(), resolvedUserId: event.userId })),
      bad: submission.bad.map((event) => ({ ...event, ...number() })),
      duplicates: submission.events.length - kept.length,
    };
  }
}

/** Records the ids of events, and tells which of them had not been seen before. */
async function claimEventIds(
  connection: Connection,
  submissions: readonly Submission[],
): Promise<Set<string>> {
  const ids = new Map<string, [workspace: string, eventId: string]>();
  for (const { workspace, events } of submissions) {
    for (const { eventId } of events) {
      if (eventId !== null) ids.set(scoped(workspace, eventId), [workspace, eventId]);
    }
  }
  if (ids.size === 0) return new Set();
  const pairs = [...ids.values()];
  const inserted = await connection.rows<{ workspace: string; event_id: string }>(
    `INSERT INTO event_ids (workspace, event_id)
     SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]) ON CONFLICT DO NOTHING RETURNING workspace, event_id`,
    [pairs.map(([workspace]) => workspace), pairs.map(([, eventId]) => eventId)],
  );
  return new Set(inserted.map((row) => scoped(row.workspace, row.event_id)));
}

async function append(
  connection: Connection,
  submissions: readonly Submission[],
  outcomes: readonly SubmissionOutcome[],
): Promise<void> {
  await connection.append(
    "events",
    outcomes.flatMap(({ events }) =>
      events.map((event) => [
        BigInt(event.id),
        new Date(event.receivedAt),
        event.workspace,
        event.userId,
        event.eventType,
        new Date(event.occurredAt),
        event.payload,
        event.anonymousId,
        event.eventId,
        event.keyKind,
      ]),
    ),
  );
  await connection.append(
    "bad_events",
    outcomes.flatMap(({ bad }) =>
      bad.map((event) => [
        BigInt(event.id),
        new Date(event.receivedAt),
        event.workspace,
        event.keyKind,
        event.reason,
        event.field,
        event.message,
        event.received,
      ]),
    ),
  );
  await connection.append(
    "duplicates",
    submissions.flatMap(({ receivedAt, workspace }, index) => {
      const { duplicates = 0, replayed = false } = outcomes[index] ?? {};
      const recognisedBy = replayed ? "idempotency_key" : "event_id";
      return duplicates === 0 ? [] : [[new Date(receivedAt), workspace, recognisedBy, BigInt(duplicates)]];
    }),
  );
}

function scoped(workspace: string, eventId: string): string {
  return JSON.stringify([workspace, eventId]);
}
