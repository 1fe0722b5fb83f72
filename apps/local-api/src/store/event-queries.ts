import type { Queryable } from "./database";
import type { Counts, EventQuery, Page, Scope, StoredBadEvent, StoredEvent } from "./event-records";
import { type BadEventRow, type EventRow, toStoredBadEvent, toStoredEvent } from "./event-rows";
import { Filter } from "./filter";

export async function readCounts(database: Queryable, workspace: Scope): Promise<Counts> {
  const filter = new Filter().add("workspace = ?", workspace);
  const [row] = await database.query<Omit<Counts, "total">>(
    `SELECT (SELECT count(*) FROM events ${filter.where}) AS good,
            (SELECT count(*) FROM bad_events ${filter.where}) AS bad,
            (SELECT CAST(coalesce(sum(events), 0) AS BIGINT) FROM duplicates ${filter.where}) AS duplicates,
            (SELECT count(*) FROM
              (SELECT DISTINCT workspace, resolved_user_id FROM resolved_events ${filter.where}) users)
              AS distinct_users`,
    filter.parameters,
  );
  const { good = 0, bad = 0, duplicates = 0, distinct_users = 0 } = row ?? {};
  return { total: good + bad, good, bad, duplicates, distinct_users };
}

export async function eventPage(database: Queryable, query: EventQuery): Promise<Page<StoredEvent>> {
  const filter = rangeOf(query)
    .add("event_type = ?", query.eventType)
    .add("(user_id = ? OR resolved_user_id = ?)", query.userId);
  const count = await countOf(database, "resolved_events", filter);
  const rows = await database.query<EventRow>(
    `SELECT * FROM resolved_events ${filter.where} ORDER BY id DESC LIMIT ${filter.parameter(query.limit)}`,
    filter.parameters,
  );
  return { count, results: rows.map(toStoredEvent) };
}

export async function badEventPage(database: Queryable, query: EventQuery): Promise<Page<StoredBadEvent>> {
  const filter = rangeOf(query);
  const count = await countOf(database, "bad_events", filter);
  const rows = await database.query<BadEventRow>(
    `SELECT * FROM bad_events ${filter.where} ORDER BY id DESC LIMIT ${filter.parameter(query.limit)}`,
    filter.parameters,
  );
  return { count, results: rows.map(toStoredBadEvent) };
}

function rangeOf({ workspace, after, before }: EventQuery): Filter {
  return new Filter().add("workspace = ?", workspace).add("id > ?", after).add("id < ?", before);
}

async function countOf(database: Queryable, from: string, filter: Filter): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `SELECT count(*) AS n FROM ${from} ${filter.where}`,
    filter.filterParameters,
  );
  return row?.n ?? 0;
}
