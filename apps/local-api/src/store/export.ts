import type { Queryable } from "./database";
import type { Scope, StoredBadEvent, StoredEvent } from "./event-records";
import { type BadEventRow, type EventRow, toStoredBadEvent, toStoredEvent } from "./event-rows";
import { Filter } from "./filter";

const PAGE = 1000;

/** Every stored event in the order of arrival, a page at a time: memory does not grow with their number. */
export async function* everyEvent(database: Queryable, workspace: Scope): AsyncGenerator<StoredEvent> {
  for await (const row of everyRow<EventRow>(database, "resolved_events", workspace))
    yield toStoredEvent(row);
}

/** Every refused event in the order of arrival. */
export async function* everyBadEvent(database: Queryable, workspace: Scope): AsyncGenerator<StoredBadEvent> {
  for await (const row of everyRow<BadEventRow>(database, "bad_events", workspace))
    yield toStoredBadEvent(row);
}

async function* everyRow<Row extends { id: number }>(
  database: Queryable,
  from: "resolved_events" | "bad_events",
  workspace: Scope,
): AsyncGenerator<Row> {
  let after = 0;
  for (;;) {
    const filter = new Filter().add("workspace = ?", workspace).add("id > ?", after);
    const rows = await database.query<Row>(
      `SELECT * FROM ${from} ${filter.where} ORDER BY id LIMIT ${filter.parameter(PAGE)}`,
      filter.parameters,
    );
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}
