import type { Transaction } from "./database";
import type { NewEvent, Submission } from "./event-records";
import { inWorkspace, sortedEntries } from "./in-workspace";

interface Id {
  workspace: string;
  eventId: string;
  fingerprint: string | null;
}

/** Which of the events that carry an id are the first with it. */
export class EventIds {
  /** First seen now, and not yet taken by an event. */
  readonly #fresh = new Set<string>();
  readonly #fingerprints = new Map<string, string | null>();

  /** Records the ids of events. One that another transaction is recording at this moment is waited for. */
  static async claim(transaction: Transaction, submissions: readonly Submission[]): Promise<EventIds> {
    const ids = new Map<string, Id>();
    for (const { workspace, events } of submissions) {
      for (const { eventId, fingerprint } of events) {
        if (eventId === null) continue;
        const key = inWorkspace(workspace, eventId);
        if (!ids.has(key)) ids.set(key, { workspace, eventId, fingerprint });
      }
    }
    const claimed = new EventIds();
    if (ids.size === 0) return claimed;
    for (const [key, { fingerprint }] of ids) claimed.#fingerprints.set(key, fingerprint);
    for (const key of await insert(transaction, sortedEntries(ids))) claimed.#fresh.add(key);
    const known = [...ids].filter(([key]) => !claimed.#fresh.has(key)).map(([, id]) => id);
    for (const [key, fingerprint] of await fingerprintsOf(transaction, known)) {
      claimed.#fingerprints.set(key, fingerprint);
    }
    return claimed;
  }

  /** True once for an id that is new, and always for an event without one. */
  take(workspace: string, { eventId }: NewEvent): boolean {
    return eventId === null || this.#fresh.delete(inWorkspace(workspace, eventId));
  }

  /** Whether an event is the same as the first with its id. Null where that is not known. */
  isRepeat(workspace: string, { eventId, fingerprint }: NewEvent): boolean | null {
    const first = this.#fingerprints.get(inWorkspace(workspace, eventId ?? "")) ?? null;
    return first === null ? null : first === fingerprint;
  }
}

async function insert(transaction: Transaction, ids: readonly Id[]): Promise<string[]> {
  const rows = await transaction.query<{ workspace: string; event_id: string }>(
    `INSERT INTO event_ids (workspace, event_id, fingerprint)
     SELECT unnest(CAST($1 AS VARCHAR[])), unnest(CAST($2 AS VARCHAR[])), unnest(CAST($3 AS VARCHAR[]))
     ON CONFLICT DO NOTHING RETURNING workspace, event_id`,
    [
      ids.map(({ workspace }) => workspace),
      ids.map(({ eventId }) => eventId),
      ids.map(({ fingerprint }) => fingerprint ?? ""),
    ],
  );
  return rows.map((row) => inWorkspace(row.workspace, row.event_id));
}

async function fingerprintsOf(
  transaction: Transaction,
  ids: readonly Id[],
): Promise<[key: string, fingerprint: string | null][]> {
  if (ids.length === 0) return [];
  const rows = await transaction.query<{ workspace: string; event_id: string; fingerprint: string | null }>(
    `SELECT workspace, event_id, fingerprint FROM event_ids
     WHERE event_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))`,
    [ids.map(({ eventId }) => eventId)],
  );
  return rows.map((row) => [inWorkspace(row.workspace, row.event_id), row.fingerprint]);
}
