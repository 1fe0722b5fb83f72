import type { SegmentCondition, SegmentDefinition } from "@segops/core/schema";
import { type CompileContext, fromEvents, type Measure } from "./measure";
import { eventCount } from "./measures/event-count";
import { eventSequence } from "./measures/event-sequence";
import { monetary } from "./measures/monetary";
import { eventProperty, userProperty } from "./measures/property";
import { recency } from "./measures/recency";
import { segmentMembership } from "./measures/segment-membership";

/** A query for the `user_id`s of those who are in a segment. */
export function compileMembers(definition: SegmentDefinition, context: CompileContext): string {
  const measures = definition.conditions.map((condition) => measureOf(condition, context));
  const passes = measures.map((measure, index) => `  ${measure.passes(`c${index}`)}`);
  const all = joined(measures, context);
  return `${all.with}\nSELECT u.user_id\n${all.from}\nWHERE\n${passes.join(`\n  ${definition.logic}\n`)}`;
}

/** A query with, for each condition, what was measured of each user and whether it passes. */
export function compileExplanation(
  definition: SegmentDefinition,
  context: CompileContext,
): { sql: string; measures: Measure[] } {
  const measures = definition.conditions.map((condition) => measureOf(condition, context));
  const columns = measures.flatMap((measure, index) => [
    `${measure.passes(`c${index}`)} AS ${passedColumn(index)}`,
    ...measure.columns.map((column) => `c${index}.${column} AS ${measuredColumn(index, column)}`),
  ]);
  const all = joined(measures, context);
  return { measures, sql: `${all.with}\nSELECT ${columns.join(",\n  ")}\n${all.from}` };
}

export const passedColumn = (index: number) => `passed_${index}`;
export const measuredColumn = (index: number, column: string) => `measured_${index}_${column}`;

/** Every user that has an event is looked at, so that a condition can be about what a user has not done. */
function joined(measures: readonly Measure[], context: CompileContext): { with: string; from: string } {
  const users = `users AS (\n  SELECT DISTINCT resolved_user_id AS user_id ${fromEvents(context)}\n)`;
  const named = measures.map(({ query }, index) => `c${index} AS (\n  ${query}\n)`);
  const joins = measures.map((_, index) => `LEFT JOIN c${index} ON c${index}.user_id = u.user_id`);
  return {
    with: `WITH ${[users, ...named].join(",\n")}`,
    from: ["FROM users u", ...joins].join("\n"),
  };
}

function measureOf(condition: SegmentCondition, context: CompileContext): Measure {
  switch (condition.type) {
    case "event_count":
      return eventCount(condition, context);
    case "recency":
      return recency(condition, context);
    case "monetary":
      return monetary(condition, context);
    case "event_property":
      return eventProperty(condition, context);
    case "user_property":
      return userProperty(condition, context);
    case "event_sequence":
      return eventSequence(condition, context);
    case "segment_membership":
      return segmentMembership(condition, context, compileMembers);
  }
}
