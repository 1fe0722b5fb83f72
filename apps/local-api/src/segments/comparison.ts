type NumericOperator = "eq" | "neq" | "gt" | "gte" | "lt" | "lte";

const SYMBOLS = { eq: "=", gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

/** Compares two pieces of SQL. Nothing passes when there is nothing to compare, but `neq`, the opposite of `eq`. */
export function compare(left: string, operator: NumericOperator, right: string): string {
  if (operator === "neq") return not(compare(left, "eq", right));
  return orFalse(`${left} ${SYMBOLS[operator]} ${right}`);
}

/** SQL's "unknown" as no. */
export function orFalse(condition: string): string {
  return `coalesce(${condition}, FALSE)`;
}

export function not(condition: string): string {
  return `NOT ${condition}`;
}
