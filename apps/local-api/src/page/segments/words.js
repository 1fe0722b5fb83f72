/** Conditions in words, as the server labels them. */
import { inline } from "../shared/format.js";

/** The types of conditions, in the order in which they are offered. @type {Record<string, string>} */
export const TYPES = {
  event_count: "Event count",
  recency: "Recency",
  monetary: "Monetary",
  event_property: "Event property",
  user_property: "User trait",
  event_sequence: "Event sequence",
  segment_membership: "Segment membership",
};

/** @type {Record<string, string>} */
export const NUMERIC = {
  gte: "at least",
  gt: "more than",
  eq: "exactly",
  neq: "not exactly",
  lte: "at most",
  lt: "fewer than",
};

/** @type {Record<string, string>} */
export const PROPERTY = {
  eq: "is",
  neq: "is not",
  gt: "is greater than",
  gte: "is at least",
  lt: "is less than",
  lte: "is at most",
  between: "is between",
  not_between: "is not between",
  in: "is one of",
  not_in: "is none of",
  contains: "contains",
  does_not_contain: "does not contain",
  starts_with: "starts with",
  ends_with: "ends with",
  matches_regex: "matches the pattern",
  is_set: "is set",
  is_not_set: "is not set",
  is_true: "is true",
  is_false: "is false",
};

/** @type {Record<string, string>} */
export const RECENCY = { lt: "less than", gt: "more than", eq: "exactly" };
/** @type {Record<string, string>} */
export const METRICS = { sum: "Sum", avg: "Average", max: "Largest" };
/** @type {Record<string, string>} */
export const MEMBERSHIP = { in: "in", not_in: "not in" };

/** @param {any} condition @param {(segmentId: string) => string} nameOf */
export function inWords(condition, nameOf) {
  const { type, event_type, property, operator, value, window_days: days } = condition;
  switch (type) {
    case "event_count":
      return `${event_type} ${NUMERIC[operator]} ${value} ${value === 1 ? "time" : "times"}${days === undefined ? "" : ` in the last ${inDays(days)}`}`;
    case "recency":
      return `last ${event_type} ${RECENCY[operator]} ${inDays(days)} ago`;
    case "monetary":
      return `${METRICS[condition.metric]?.toLowerCase()} of ${property} over ${event_type} ${NUMERIC[operator]} ${value}`;
    case "event_property":
      return `${property} of the latest ${event_type} ${compared(operator, value)}`;
    case "user_property":
      return `trait ${property} ${compared(operator, value)}`;
    case "event_sequence":
      return `${condition.events.join(condition.strict ? " directly followed by " : " then ")} in the last ${inDays(days)}`;
    default:
      return `${MEMBERSHIP[operator]} the segment ${nameOf(condition.segment_id)}`;
  }
}

/** @param {string} operator @param {unknown} value */
function compared(operator, value) {
  const words = PROPERTY[operator];
  if (value === undefined || operator.startsWith("is_")) return words;
  if (!Array.isArray(value)) return `${words} ${JSON.stringify(value)}`;
  return `${words} ${value.map(inline).join(operator.endsWith("between") ? " and " : ", ")}`;
}

/** @param {number} count */
function inDays(count) {
  return count === 1 ? "day" : `${count} days`;
}
