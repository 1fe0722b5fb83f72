import type { Queryable } from "./database";
import type { Scope } from "./event-records";
import { Filter } from "./filter";

/** Events that came again and were not stored again. */
export interface Duplicate {
  received_at: Date;
  workspace: string;
  recognised_by: "event_id" | "idempotency_key";
  /** The event id or idempotency key. Null in data of the first version. */
  reference: string | null;
  /** How many events came again. */
  events: number;
  /** Whether what came was the same, byte for byte. False is a client that uses one id for two things. */
  identical: boolean | null;
}

/** Newest first. */
export async function duplicatesPage(
  database: Queryable,
  { workspace, limit }: { workspace: Scope; limit: number },
): Promise<{ count: number; results: Duplicate[] }> {
  const filter = new Filter().add("workspace = ?", workspace);
  const [total] = await database.query<{ n: number }>(
    `SELECT count(*) AS n FROM duplicates ${filter.where}`,
    filter.filterParameters,
  );
  const results = await database.query<Duplicate>(
    `SELECT received_at, workspace, recognised_by, reference, events, identical FROM duplicates
     ${filter.where} ORDER BY received_at DESC, reference LIMIT ${filter.parameter(limit)}`,
    filter.parameters,
  );
  return { count: total?.n ?? 0, results };
}
