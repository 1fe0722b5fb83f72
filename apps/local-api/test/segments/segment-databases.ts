import { onTestFinished } from "vitest";
import { resolveOptions } from "../../src/options";
import type { Database } from "../../src/store/database";
import { EventStore } from "../../src/store/event-store";
import { openDatabase } from "../../src/store/open-database";
import { emptyDatabase } from "../support/databases";
import type { PlainEvent } from "./naive-evaluator";

/** An empty database of the test's own, closed when the test ends. */
export async function segmentDatabase(kind: "duckdb" | "postgres"): Promise<Database> {
  const database = await openDatabase(resolveOptions(await emptyDatabase(kind)));
  onTestFinished(() => database.close());
  return database;
}

/** Stores events as if they had been received in this order. */
export async function hold(
  database: Database,
  workspace: string,
  events: readonly PlainEvent[],
): Promise<void> {
  await new EventStore(database).submit({
    workspace,
    keyKind: "secret",
    receivedAt: Date.now(),
    idempotencyKey: null,
    fingerprint: null,
    bad: [],
    answer: {},
    events: events.map(({ payload, ...event }) => ({
      ...event,
      payload: JSON.stringify(payload),
      claimedAt: null,
      eventId: null,
      fingerprint: null,
    })),
  });
}
