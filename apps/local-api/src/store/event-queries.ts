import type { SenderKeyKind } from "../credentials";
import type { Connection, Parameter } from "./duckdb";
import type { Counts, EventQuery, Page, StoredBadEvent, StoredEvent } from "./event-store";

/** Events with the user they belong to today: an anonymous visitor's become the user's once an alias says so. */
const RESOLVED_EVENTS = `events e LEFT JOIN aliases a ON a.workspace = e.workspace AND a.alias = e.user_id`;
const RESOLVED_USER = "coalesce(a.user_id, e.user_id)";

export async function readCounts(connection: Connection): Promise<Counts> {
  const [row] = await connection.rows<Omit<Counts, "total">>(
    `SELECT (SELECT count(*) FROM events) AS good,
            (SELECT count(*) FROM bad_events) AS bad,
            (SELECT coalesce(sum(events), 0)::BIGINT FROM duplicates) AS duplicates,
            (SELECT count(*) FROM (SELECT DISTINCT e.workspace, ${RESOLVED_USER} FROM ${RESOLVED_EVENTS}) u)
              AS distinct_users`,
  );
  const { good, bad, duplicates, distinct_users } = row ?? {
    good: 0,
    bad: 0,
    duplicates: 0,
    distinct_users: 0,
  };
  return { total: good + bad, good, bad, duplicates, distinct_users };
}

export async function eventPage(connection: Connection, query: EventQuery): Promise<Page<StoredEvent>> {
  const filter = new Filter()
    .add("e.id > ?", query.after)
    .add("e.id < ?", query.before)
    .add("e.event_type = ?", query.eventType)
    .add(`(e.user_id = ? OR ${RESOLVED_USER} = ?)`, query.userId);
  const rows = await connection.rows<EventRow>(
    `SELECT e.*, ${RESOLVED_USER} AS resolved_user_id FROM ${RESOLVED_EVENTS}
     ${filter.where} ORDER BY e.id DESC LIMIT ${filter.parameter(query.limit)}`,
    filter.parameters,
  );
  return { count: await count(connection, RESOLVED_EVENTS, filter), results: rows.map(toStoredEvent) };
}

export async function badEventPage(connection: Connection, query: EventQuery): Promise<Page<StoredBadEvent>> {
  const filter = new Filter().add("id > ?", query.after).add("id < ?", query.before);
  const rows = await connection.rows<BadEventRow>(
    `SELECT * FROM bad_events ${filter.where} ORDER BY id DESC LIMIT ${filter.parameter(query.limit)}`,
    filter.parameters,
  );
  return { count: await count(connection, "bad_events", filter), results: rows.map(toStoredBadEvent) };
}

async function count(connection: Connection, from: string, filter: Filter): Promise<number> {
  const [row] = await connection.rows<{ n: number }>(
    `SELECT count(*) AS n FROM ${from} ${filter.where}`,
    filter.filterParameters,
  );
  return row?.n ?? 0;
}

/** Conditions that apply only where a value is given; `?` stands for that value, numbered as a parameter. */
class Filter {
  readonly parameters: Parameter[] = [];
  filterParameters: Parameter[] = [];
  readonly #conditions: string[] = [];

  add(condition: string, value: string | number | undefined): this {
    if (value === undefined) return this;
    const name = this.parameter(value);
    this.filterParameters = [...this.parameters];
    this.#conditions.push(condition.replaceAll("?", name));
    return this;
  }

  parameter(value: string | number): string {
    return `$${this.parameters.push(typeof value === "number" ? BigInt(value) : value)}`;
  }

  get where(): string {
    return this.#conditions.length === 0 ? "" : `WHERE ${this.#conditions.join(" AND ")}`;
  }
}

interface BadEventRow {
  id: number;
  received_at: Date;
  workspace: string;
  key_kind: SenderKeyKind;
  reason: string;
  field: string | null;
  message: string;
  received: string;
}

interface EventRow {
  id: number;
  received_at: Date;
  workspace: string;
  user_id: string;
  resolved_user_id: string;
  event_type: string;
  occurred_at: Date;
  payload: string;
  anonymous_id: string | null;
  event_id: string | null;
  key_kind: SenderKeyKind;
}

function toStoredEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    receivedAt: row.received_at.getTime(),
    workspace: row.workspace,
    userId: row.user_id,
    resolvedUserId: row.resolved_user_id,
    eventType: row.event_type,
    occurredAt: row.occurred_at.getTime(),
    payload: row.payload,
    anonymousId: row.anonymous_id,
    eventId: row.event_id,
    keyKind: row.key_kind,
  };
}

function toStoredBadEvent({ received_at, key_kind, ...row }: BadEventRow): StoredBadEvent {
  return { ...row, receivedAt: received_at.getTime(), keyKind: key_kind };
}
