import type { SegmentCondition } from "@segops/core/schema";
import { type CompileContext, daysAgo, fromEvents, type Measure } from "../measure";

type Condition = Extract<SegmentCondition, { type: "event_sequence" }>;

/** How many of the steps a user took, from the first on, with whatever in between or, strictly, with nothing. */
export function eventSequence(condition: Condition, context: CompileContext): Measure {
  const { events, window_days, strict = false } = condition;
  const parameterOf = new Map([...new Set(events)].map((type) => [type, context.parameters.text(type)]));
  const steps = events.map((type) => parameterOf.get(type) ?? "NULL");
  const inWindow = `occurred_at >= ${daysAgo(context, window_days)}`;
  const ofSteps = `event_type IN (${[...parameterOf.values()].join(", ")})`;
  return {
    query: strict
      ? stepsInARow(steps, fromEvents(context, inWindow))
      : stepsInOrder(steps, fromEvents(context, inWindow, ofSteps)),
    columns: ["steps"],
    passes: (row) => `coalesce(${row}.steps, 0) = ${steps.length}`,
    actual: ({ steps }) => steps ?? 0,
    threshold: steps.length,
  };
}

const TIMELINE = "PARTITION BY resolved_user_id ORDER BY occurred_at, id";

/** The earliest event for the first step, then after it the earliest for the second, and so on. */
function stepsInOrder(steps: readonly string[], source: string): string {
  const history = `history AS (SELECT resolved_user_id AS user_id, event_type, row_number() OVER (${TIMELINE}) AS place ${source})`;
  const reached = steps.map((step, index) => {
    const after = index === 0 ? "" : `JOIN s${index - 1} ON s${index - 1}.user_id = h.user_id`;
    const later = index === 0 ? "" : ` AND h.place > s${index - 1}.place`;
    return `s${index} AS (SELECT h.user_id, min(h.place) AS place FROM history h ${after} WHERE h.event_type = ${step}${later} GROUP BY h.user_id)`;
  });
  const joins = steps.slice(1).map((_, at) => `LEFT JOIN s${at + 1} ON s${at + 1}.user_id = s0.user_id`);
  const count = countOf(steps, (index) => `s${index}.user_id IS NOT NULL`);
  return `WITH ${[history, ...reached].join(", ")} SELECT s0.user_id, ${count} AS steps FROM s0 ${joins.join(" ")}`;
}

/** Every event with those that follow it, and the longest beginning of the sequence among them. */
function stepsInARow(steps: readonly string[], source: string): string {
  const following = steps.slice(1).map((_, at) => `lead(event_type, ${at + 1}) OVER timeline AS t${at + 1}`);
  const rows = `SELECT ${["resolved_user_id AS user_id", "event_type AS t0", ...following].join(", ")} ${source} WINDOW timeline AS (${TIMELINE})`;
  const count = countOf(steps, (index) => `t${index} = ${steps[index]}`);
  return `SELECT user_id, max(${count}) AS steps FROM (${rows}) runs GROUP BY user_id`;
}

/** How many of the steps were taken before the first that was not. */
function countOf(steps: readonly string[], isTaken: (index: number) => string): string {
  return steps.reduceRight(
    (rest, _, index) => `CASE WHEN ${isTaken(index)} THEN ${rest} ELSE ${index} END`,
    String(steps.length),
  );
}
