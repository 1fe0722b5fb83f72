import { compare, not, orFalse } from "./comparison";
import type { CompileContext } from "./measure";
import type { PropertyCondition, PropertyOperator, Scalar } from "./operand";
import { portablePattern } from "./regular-expression";

/** The operators that pass exactly where another does not. */
const OPPOSITES: Partial<Record<PropertyOperator, PropertyOperator>> = {
  neq: "eq",
  not_between: "between",
  not_in: "in",
  does_not_contain: "contains",
  is_not_set: "is_set",
};

/** Two columns that hold a JSON value: the name of its type, and its text. */
export interface ValueColumns {
  kind: string;
  text: string;
}

/** A property condition on a JSON value, as a boolean that is never null. */
export function compareProperty(
  { kind, text }: ValueColumns,
  { operator, value }: Pick<PropertyCondition, "operator" | "value">,
  { parameters, dialect }: CompileContext,
): string {
  const asText = `CASE WHEN ${kind} = 'string' THEN ${text} END`;
  const asNumber = `CASE WHEN ${kind} = 'number' THEN CAST(${text} AS DOUBLE PRECISION) END`;
  const asBoolean = `CASE WHEN ${kind} = 'boolean' THEN ${text} = 'true' END`;
  // Byte by byte, which is by code points, whatever language the database sorts by.
  const inOrder = `(${asText}) COLLATE "C"`;

  const positive = (operator: PropertyOperator): string => {
    switch (operator) {
      case "eq":
        return equals(value as Scalar);
      case "in":
        return orFalse((value as Scalar[]).map(equals).join(" OR "));
      case "gt":
      case "gte":
      case "lt":
      case "lte":
        return typeof value === "number"
          ? compare(asNumber, operator, parameters.number(value))
          : compare(inOrder, operator, parameters.text(value as string));
      case "between":
        return between(value as [number, number] | [string, string]);
      case "contains":
        return orFalse(dialect.contains(asText, parameters.text(value as string)));
      case "starts_with":
        return orFalse(`starts_with(${asText}, ${parameters.text(value as string)})`);
      case "ends_with": {
        const end = parameters.text(value as string);
        return orFalse(`right(${asText}, CAST(length(${end}) AS INTEGER)) = ${end}`);
      }
      case "matches_regex":
        return orFalse(dialect.regexMatch(asText, parameters.text(portablePattern(value as string))));
      case "is_set":
        return orFalse(`${kind} <> 'null'`);
      case "is_true":
        return orFalse(asBoolean);
      case "is_false":
        return orFalse(`NOT (${asBoolean})`);
      default:
        throw new Error(`The operator ${operator} has no SQL of its own.`);
    }
  };

  function equals(wanted: Scalar): string {
    if (typeof wanted === "number") return compare(asNumber, "eq", parameters.number(wanted));
    if (typeof wanted === "string") return compare(asText, "eq", parameters.text(wanted));
    return orFalse(wanted ? asBoolean : `NOT (${asBoolean})`);
  }

  function between([low, high]: [number, number] | [string, string]): string {
    if (typeof low === "number") {
      return orFalse(
        `(${asNumber}) BETWEEN ${parameters.number(low)} AND ${parameters.number(Number(high))}`,
      );
    }
    return orFalse(`${inOrder} BETWEEN ${parameters.text(low)} AND ${parameters.text(String(high))}`);
  }

  const opposite = OPPOSITES[operator];
  return opposite === undefined ? positive(operator) : not(positive(opposite));
}
