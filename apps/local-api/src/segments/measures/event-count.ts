import type { SegmentCondition } from "@segops/core/schema";
import { compare } from "../comparison";
import { type CompileContext, daysAgo, fromEvents, type Measure, ofType } from "../measure";

type Condition = Extract<SegmentCondition, { type: "event_count" }>;

/** How many there are. A user without any has none: 0. */
export function eventCount(condition: Condition, context: CompileContext): Measure {
  const { event_type, operator, value, window_days } = condition;
  const conditions = [ofType(context, event_type)];
  if (window_days !== undefined) conditions.push(`occurred_at >= ${daysAgo(context, window_days)}`);
  const wanted = context.parameters.number(value);
  return {
    query: `SELECT resolved_user_id AS user_id, count(*) AS events ${fromEvents(context, ...conditions)} GROUP BY resolved_user_id`,
    columns: ["events"],
    passes: (row) => compare(`CAST(coalesce(${row}.events, 0) AS DOUBLE PRECISION)`, operator, wanted),
    actual: ({ events }) => events ?? 0,
    threshold: value,
  };
}
