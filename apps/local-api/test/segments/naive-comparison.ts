import type { SegmentCondition } from "@segops/core/schema";

type Operator = Extract<SegmentCondition, { type: "user_property" }>["operator"];

export function sameOrOrdered(left: number, operator: Operator, right: number): boolean {
  switch (operator) {
    case "eq":
      return left === right;
    case "neq":
      return left !== right;
    case "gt":
      return left > right;
    case "gte":
      return left >= right;
    case "lt":
      return left < right;
    case "lte":
      return left <= right;
    default:
      throw new Error(`${operator} does not compare numbers.`);
  }
}

/** What an operator says of a value that a payload holds, or of `undefined` where it holds none. */
export function compareNaively(actual: unknown, operator: Operator, wanted: unknown): boolean {
  switch (operator) {
    case "neq":
      return !compareNaively(actual, "eq", wanted);
    case "not_between":
      return !compareNaively(actual, "between", wanted);
    case "not_in":
      return !compareNaively(actual, "in", wanted);
    case "does_not_contain":
      return !compareNaively(actual, "contains", wanted);
    case "is_not_set":
      return !compareNaively(actual, "is_set", wanted);
    case "is_set":
      return actual !== undefined && actual !== null;
    case "is_true":
      return actual === true;
    case "is_false":
      return actual === false;
    case "eq":
      return actual === wanted;
    case "in":
      return (wanted as unknown[]).includes(actual);
    case "between": {
      const [low, high] = wanted as [unknown, unknown];
      return compareNaively(actual, "gte", low) && compareNaively(actual, "lte", high);
    }
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      if (typeof actual === "number" && typeof wanted === "number") {
        return sameOrOrdered(actual, operator, wanted);
      }
      if (typeof actual !== "string" || typeof wanted !== "string") return false;
      return sameOrOrdered(codePointOrder(actual, wanted), operator, 0);
  }
  if (typeof actual !== "string") return false;
  const text = wanted as string;
  if (operator === "contains") return actual.includes(text);
  if (operator === "starts_with") return actual.startsWith(text);
  if (operator === "ends_with") return actual.endsWith(text);
  return new RegExp(text, "u").test(actual);
}

function codePointOrder(one: string, other: string): number {
  const a = [...one].map((character) => character.codePointAt(0) ?? 0);
  const b = [...other].map((character) => character.codePointAt(0) ?? 0);
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
