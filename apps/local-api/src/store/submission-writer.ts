import { recordAliases } from "./aliases";
import type { SqlParameter, Transaction } from "./database";
import { EventIds } from "./event-ids";
import type { NewEvent, StoredBadEvent, StoredEvent, Submission, SubmissionOutcome } from "./event-records";
import { BAD_EVENTS, DUPLICATES, EVENTS } from "./event-tables";
import { type Answered, claimIdempotencyKeys } from "./idempotency-keys";

type Duplicates = SqlParameter[][];

/** Writes submissions inside the transaction it is given. */
export async function writeSubmissions(
  transaction: Transaction,
  submissions: readonly Submission[],
): Promise<SubmissionOutcome[]> {
  if (submissions.length === 0) return [];
  const replays = await claimIdempotencyKeys(transaction, submissions);
  const fresh = submissions.filter((submission) => !replays.has(submission));
  const eventIds = await EventIds.claim(transaction, fresh);
  const nextId = await takeIds(transaction, fresh);
  const duplicates: Duplicates = [];
  const outcomes = submissions.map((submission) => {
    const first = replays.get(submission);
    return first === undefined
      ? accept(submission, eventIds, nextId, duplicates)
      : replay(submission, first, duplicates);
  });
  const stored = outcomes.flatMap(({ events }) => events);
  await transaction.append(EVENTS, stored.map(eventRow));
  await transaction.append(BAD_EVENTS, outcomes.flatMap(({ bad }) => bad).map(badEventRow));
  await transaction.append(DUPLICATES, duplicates);
  await recordAliases(transaction, stored);
  return outcomes;
}

/** Numbers that rise with the order of arrival, unique among all servers on one database. */
async function takeIds(transaction: Transaction, submissions: readonly Submission[]): Promise<() => number> {
  const count = submissions.reduce((sum, { events, bad }) => sum + events.length + bad.length, 0);
  const rows = await transaction.query<{ id: number }>(
    "SELECT nextval('row_ids') AS id FROM generate_series(1, CAST($1 AS BIGINT))",
    [count],
  );
  const ids = rows.map(({ id }) => id).values();
  return () => ids.next().value as number;
}

function accept(
  submission: Submission,
  eventIds: EventIds,
  nextId: () => number,
  duplicates: Duplicates,
): SubmissionOutcome {
  const { workspace, keyKind, receivedAt, answer } = submission;
  const kept: NewEvent[] = [];
  for (const event of submission.events) {
    if (eventIds.take(workspace, event)) kept.push(event);
    else
      duplicates.push([
        new Date(receivedAt),
        workspace,
        "event_id",
        1,
        event.eventId,
        eventIds.isRepeat(workspace, event),
      ]);
  }
  const number = () => ({ workspace, keyKind, receivedAt, id: nextId() });
  return {
    answer,
    replayed: false,
    events: kept.map((event) => ({ ...event, ...number(), resolvedUserId: event.userId })),
    bad: submission.bad.map((event) => ({ ...event, ...number() })),
    duplicates: submission.events.length - kept.length,
  };
}

function replay(submission: Submission, first: Answered, duplicates: Duplicates): SubmissionOutcome {
  const { workspace, receivedAt, idempotencyKey, fingerprint } = submission;
  const identical = first.fingerprint === null ? null : first.fingerprint === fingerprint;
  duplicates.push([
    new Date(receivedAt),
    workspace,
    "idempotency_key",
    first.events,
    idempotencyKey,
    identical,
  ]);
  return { answer: first.answer, replayed: true, events: [], bad: [], duplicates: first.events };
}

function eventRow(event: StoredEvent): SqlParameter[] {
  return [
    event.id,
    new Date(event.receivedAt),
    event.workspace,
    event.userId,
    event.eventType,
    new Date(event.occurredAt),
    event.payload,
    event.anonymousId,
    event.eventId,
    event.keyKind,
    event.claimedAt === null ? null : new Date(event.claimedAt),
  ];
}

function badEventRow(event: StoredBadEvent): SqlParameter[] {
  return [
    event.id,
    new Date(event.receivedAt),
    event.workspace,
    event.keyKind,
    event.reason,
    event.field,
    event.message,
    event.received,
  ];
}
