import type { Queryable } from "./database";
import type { Scope } from "./event-records";
import { Filter } from "./filter";

/** What became of the events that one user's client numbered. */
export interface SequenceReport {
  user_id: string;
  event_type: string;
  events: number;
  first: number;
  last: number;
  /** How many events carry a number that another one has. */
  repeated: number;
  /** How many numbers between the first and the last never came. */
  missing: number;
  /** The first runs of missing numbers, from and to. */
  gaps: [from: number, to: number][];
}

const MAX_GAPS = 100;

interface GapQuery {
  workspace: Scope;
  /** The payload's property that holds the number. */
  property: string;
  userId?: string | undefined;
  limit: number;
}

/** Holds what was stored against numbers in the events' payloads: proves that nothing is missing or there twice. */
export async function sequenceReports(database: Queryable, query: GapQuery): Promise<SequenceReport[]> {
  const { dialect } = database;
  const filter = new Filter([dialect.jsonKey(query.property)])
    .add("workspace = ?", query.workspace)
    .add("user_id = ?", query.userId);
  const numbered = `(SELECT user_id, event_type, ${dialect.jsonNumber("payload", "$1")} AS n
    FROM resolved_events ${filter.where}) numbered`;
  const reports = await database.query<Omit<SequenceReport, "gaps" | "missing">>(
    `SELECT user_id, event_type, count(*) AS events, min(n) AS first, max(n) AS last,
            count(*) - count(DISTINCT n) AS repeated
     FROM ${numbered} WHERE n IS NOT NULL GROUP BY user_id, event_type
     ORDER BY user_id, event_type LIMIT ${filter.parameter(query.limit)}`,
    filter.parameters,
  );
  const gaps = await database.query<{ user_id: string; event_type: string; n: number; next: number }>(
    `SELECT user_id, event_type, n, next FROM (
       SELECT user_id, event_type, n, lead(n) OVER (PARTITION BY user_id, event_type ORDER BY n) AS next
       FROM (SELECT DISTINCT user_id, event_type, n FROM ${numbered} WHERE n IS NOT NULL) distinct_numbers) pairs
     WHERE next > n + 1 ORDER BY user_id, event_type, n`,
    [dialect.jsonKey(query.property), ...filter.filterParameters.slice(1)],
  );
  return reports.map((report) => {
    const own = gaps.filter((gap) => gap.user_id === report.user_id && gap.event_type === report.event_type);
    return {
      ...report,
      missing: report.last - report.first + 1 - (report.events - report.repeated),
      gaps: own.slice(0, MAX_GAPS).map(({ n, next }) => [n + 1, next - 1]),
    };
  });
}
