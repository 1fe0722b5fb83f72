import type { SegmentCondition } from "@segops/core/schema";
import type { PropertyOperator } from "./operand";

const NUMERIC = {
  eq: "exactly",
  neq: "not exactly",
  gt: "more than",
  gte: "at least",
  lt: "fewer than",
  lte: "at most",
} as const;

const SYMBOLS = { eq: "=", neq: "≠", gt: ">", gte: "≥", lt: "<", lte: "≤" } as const;

const PROPERTY: Record<PropertyOperator, string> = {
  eq: "is",
  neq: "is not",
  gt: ">",
  gte: "≥",
  lt: "<",
  lte: "≤",
  between: "is between",
  not_between: "is not between",
  in: "is one of",
  not_in: "is none of",
  contains: "contains",
  does_not_contain: "does not contain",
  starts_with: "starts with",
  ends_with: "ends with",
  matches_regex: "matches",
  is_set: "is set",
  is_not_set: "is not set",
  is_true: "is true",
  is_false: "is false",
};

const WITHOUT_VALUE = new Set<PropertyOperator>(["is_set", "is_not_set", "is_true", "is_false"]);
const RECENCY = { gt: "more than", lt: "less than", eq: "exactly" } as const;
const METRICS = { sum: "sum", avg: "average", max: "largest" } as const;

/** A condition in a few words. `nameOf` tells the name of a segment. */
export function labelOf(condition: SegmentCondition, nameOf: (segmentId: string) => string): string {
  switch (condition.type) {
    case "event_count": {
      const { event_type, operator, value, window_days } = condition;
      const window = window_days === undefined ? "" : ` in the last ${days(window_days)}`;
      return `${event_type} ${NUMERIC[operator]} ${value} ${value === 1 ? "time" : "times"}${window}`;
    }
    case "recency":
      return `last ${condition.event_type} ${RECENCY[condition.operator]} ${days(condition.window_days)} ago`;
    case "monetary":
      return `${METRICS[condition.metric]} of ${condition.property} over ${condition.event_type} ${SYMBOLS[condition.operator]} ${condition.value}`;
    case "event_property":
      return `${condition.property} of the latest ${condition.event_type} ${compared(condition.operator, condition.value)}`;
    case "user_property":
      return `trait ${condition.property} ${compared(condition.operator, condition.value)}`;
    case "event_sequence": {
      const { events, strict, window_days } = condition;
      return `${events.join(strict ? " directly followed by " : " then ")} in the last ${days(window_days)}`;
    }
    case "segment_membership":
      return `${condition.operator === "in" ? "in" : "not in"} the segment ${nameOf(condition.segment_id)}`;
  }
}

function compared(operator: PropertyOperator, value: unknown): string {
  return WITHOUT_VALUE.has(operator)
    ? PROPERTY[operator]
    : `${PROPERTY[operator]} ${listed(operator, value)}`;
}

function listed(operator: PropertyOperator, value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const separator = operator === "between" || operator === "not_between" ? " and " : ", ";
  return value.map((item) => JSON.stringify(item)).join(separator);
}

function days(count: number): string {
  return count === 1 ? "day" : `${count} days`;
}
