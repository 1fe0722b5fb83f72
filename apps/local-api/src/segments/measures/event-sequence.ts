import type { SegmentCondition } from "@segops/core/schema";
import { type CompileContext, daysAgo, fromEvents, type Measure } from "../measure";

type Condition = Extract<SegmentCondition, { type: "event_sequence" }>;

/**
 * Writes a user's events in the window as one text, a letter for each type, and looks for the steps in it: with gaps,
 * or where it is strict without any event of another type between two steps.
 */
export function eventSequence(condition: Condition, context: CompileContext): Measure {
  const { events, window_days, strict = false } = condition;
  const { parameters } = context;
  const types = [...new Set(events)];
  const letterOf = new Map(types.map((type, index) => [type, String.fromCharCode(97 + index)]));
  const named = types.map((type) => ({ parameter: parameters.text(type), letter: letterOf.get(type) ?? "" }));
  const letter = `CASE event_type ${named.map((each) => `WHEN ${each.parameter} THEN '${each.letter}'`).join(" ")} ELSE '-' END`;
  const conditions = [`occurred_at >= ${daysAgo(context, window_days)}`];
  if (!strict) conditions.push(`event_type IN (${named.map((each) => each.parameter).join(", ")})`);
  const steps = events.map((type) => letterOf.get(type) ?? "");
  return {
    query: `SELECT user_id, ${stepsTaken(steps, strict)} AS steps FROM (SELECT resolved_user_id AS user_id, string_agg(${letter}, '' ORDER BY occurred_at, id) AS history ${fromEvents(context, ...conditions)} GROUP BY resolved_user_id) histories`,
    columns: ["steps"],
    passes: (row) => `coalesce(${row}.steps, 0) = ${steps.length}`,
    actual: ({ steps }) => steps ?? 0,
    threshold: steps.length,
  };
}

/** How many of the steps, from the first on, were taken. The letters are ours, none is a user's. */
function stepsTaken(steps: readonly string[], strict: boolean): string {
  const separator = strict ? "" : "%";
  const cases = steps.map((_, index) => {
    const count = steps.length - index;
    return `WHEN history LIKE '%${steps.slice(0, count).join(separator)}%' THEN ${count}`;
  });
  return `CASE ${cases.join(" ")} ELSE 0 END`;
}
