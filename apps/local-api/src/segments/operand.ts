import type { SegmentCondition } from "@segops/core/schema";
import { LIMITS } from "./limits";
import { PatternError } from "./pattern-reader";
import { portablePattern } from "./regular-expression";

export type PropertyCondition = Extract<SegmentCondition, { type: "event_property" | "user_property" }>;
export type PropertyOperator = PropertyCondition["operator"];
export type Scalar = string | number | boolean;

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isScalar = (value: unknown): value is Scalar =>
  isText(value) || isNumber(value) || typeof value === "boolean";

/** What is wrong with the value of a property condition, or undefined where it is fine. */
export function operandProblem(operator: PropertyOperator, value: unknown): string | undefined {
  switch (operator) {
    case "is_set":
    case "is_not_set":
    case "is_true":
    case "is_false":
      return undefined;
    case "eq":
    case "neq":
      return isScalar(value) ? tooLong(value) : expected("a text, a number, true or false", value);
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return isNumber(value) || isText(value) ? tooLong(value) : expected("a number or a text", value);
    case "between":
    case "not_between":
      return rangeProblem(value);
    case "in":
    case "not_in":
      return listProblem(value);
    case "matches_regex":
      return patternProblem(value);
    default:
      return isText(value) && value !== ""
        ? tooLong(value)
        : expected("a text of at least one character", value);
  }
}

function rangeProblem(value: unknown): string | undefined {
  const [low, high] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
  if (isNumber(low) && isNumber(high)) return low <= high ? undefined : reversed(value);
  if (isText(low) && isText(high)) {
    return tooLong(low) ?? tooLong(high) ?? (comesAfter(low, high) ? reversed(value) : undefined);
  }
  return expected("two numbers or two texts, [lowest, highest]", value);
}

function listProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isScalar)) {
    return expected("a list of texts, numbers, true or false, with at least one", value);
  }
  if (value.length > LIMITS.listLength) {
    return `the list has ${value.length} values; at most ${LIMITS.listLength} are taken`;
  }
  return value.map(tooLong).find((problem) => problem !== undefined);
}

function patternProblem(value: unknown): string | undefined {
  if (!isText(value) || value === "") return expected("a regular expression as a text", value);
  try {
    portablePattern(value);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

/** By code points, as the databases order texts byte by byte; JavaScript alone orders by halves of them. */
function comesAfter(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0;
}

function tooLong(value: unknown): string | undefined {
  if (!isText(value) || value.length <= LIMITS.textLength) return undefined;
  return `the text has ${value.length} characters; at most ${LIMITS.textLength} are taken`;
}

function reversed(value: unknown): string {
  return `the lowest comes first, but was ${excerpt(value)}`;
}

function expected(what: string, value: unknown): string {
  return `expected ${what}, but was ${value === undefined ? "missing" : excerpt(value)}`;
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
