import type { SegmentCondition } from "@segops/core/schema";
import { orFalse } from "../comparison";
import { type CompileContext, DAY_MS, daysAgo, fromEvents, type Measure, ofType } from "../measure";

type Condition = Extract<SegmentCondition, { type: "recency" }>;

/** When it last happened. Where it never did, there is no time to compare, and no operator passes. */
export function recency(condition: Condition, context: CompileContext): Measure {
  const { event_type, operator, window_days } = condition;
  const query = `SELECT resolved_user_id AS user_id, max(occurred_at) AS latest ${fromEvents(context, ofType(context, event_type))} GROUP BY resolved_user_id`;
  const edge = daysAgo(context, window_days);
  const dayBefore = operator === "eq" ? daysAgo(context, window_days + 1) : edge;
  const passes = {
    gt: (latest: string) => `${latest} < ${edge}`,
    lt: (latest: string) => `${latest} > ${edge}`,
    // Whole days: 3 is from three days to just under four.
    eq: (latest: string) => `${latest} <= ${edge} AND ${latest} > ${dayBefore}`,
  }[operator];
  return {
    query,
    columns: ["latest"],
    passes: (row) => orFalse(passes(`${row}.latest`)),
    actual: ({ latest }) => {
      return latest instanceof Date ? Math.max(0, (context.now - latest.getTime()) / DAY_MS) : null;
    },
    threshold: window_days,
  };
}
