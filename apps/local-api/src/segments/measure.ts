import type { SegmentDefinition } from "@segops/core/schema";
import type { Dialect } from "../store/dialect";
import type { SqlParameters } from "./sql-parameters";

/** What conditions are compiled with. */
export interface CompileContext {
  readonly dialect: Dialect;
  readonly workspace: string;
  /** Windows are counted back from here, in milliseconds since 1970. */
  readonly now: number;
  readonly parameters: SqlParameters;
  /** The definitions that membership conditions refer to, by segment id. */
  readonly referenced: ReadonlyMap<string, SegmentDefinition>;
  /** Look at this user only. */
  readonly user?: string | undefined;
}

/**
 * One condition in SQL: a query that measures something of users, at most one row each, and what the measure must be.
 * A user without a row is measured too: `passes` says what nothing means.
 */
export interface Measure {
  /** Has a column `user_id`, and `columns`. */
  readonly query: string;
  readonly columns: readonly string[];
  /** Whether the user passes, as a boolean that is never null. `row` names the joined row of `query`. */
  passes(row: string): string;
  /** What was measured, for people: from the columns of the user's row, all null where there is none. */
  actual(row: Readonly<Record<string, unknown>>): unknown;
  /** What `actual` is held against. */
  readonly threshold: unknown;
}

export const DAY_MS = 24 * 60 * 60 * 1000;

/** The moment so many days ago, to the millisecond, which is as fine as events are kept. */
export function daysAgo({ now, parameters }: CompileContext, days: number): string {
  return parameters.time(Math.round(now - days * DAY_MS));
}

/** `FROM … WHERE …` for the events of the workspace, with `resolved_user_id` for whom they count. */
export function fromEvents(context: CompileContext, ...conditions: string[]): string {
  const { parameters, workspace, user } = context;
  const all = [`workspace = ${parameters.text(workspace)}`, ...conditions];
  if (user !== undefined) all.push(`resolved_user_id = ${parameters.text(user)}`);
  return `FROM resolved_events WHERE ${all.join(" AND ")}`;
}

export function ofType({ parameters }: CompileContext, eventType: string): string {
  return `event_type = ${parameters.text(eventType)}`;
}
