import type { SegmentCondition } from "@segops/core/schema";
import { compare } from "../comparison";
import { LARGEST_AMOUNT } from "../limits";
import { type CompileContext, fromEvents, type Measure, ofType } from "../measure";

type Condition = Extract<SegmentCondition, { type: "monetary" }>;

/** Adding decimals makes 0.1 + 0.2 the 0.3 that everybody expects, in whatever order they are added. */
const DECIMAL = "DECIMAL(28, 6)";

/** A figure over the numbers of a property. The sum of no numbers is 0; they have no mean and no largest. */
export function monetary(condition: Condition, context: CompileContext): Measure {
  const { event_type, property, metric, operator, value } = condition;
  const { parameters, dialect } = context;
  const key = parameters.text(dialect.jsonKey(property));
  const numbers = `SELECT resolved_user_id AS user_id, ${dialect.jsonNumber("payload", key)} AS amount ${fromEvents(context, ofType(context, event_type))}`;
  const largest = parameters.number(LARGEST_AMOUNT);
  const wanted = parameters.number(value);
  const figure = {
    sum: `sum(CAST(amount AS ${DECIMAL}))`,
    avg: `CAST(CAST(sum(CAST(amount AS ${DECIMAL})) AS DOUBLE PRECISION) / count(*) AS ${DECIMAL})`,
    max: "max(amount)",
  }[metric];
  return {
    query: `SELECT user_id, CAST(${figure} AS DOUBLE PRECISION) AS figure FROM (${numbers}) numbers WHERE abs(amount) <= ${largest} GROUP BY user_id`,
    columns: ["figure"],
    passes: (row) => {
      const measured = metric === "sum" ? `coalesce(${row}.figure, 0)` : `${row}.figure`;
      return compare(measured, operator, wanted);
    },
    actual: ({ figure }) => figure ?? (metric === "sum" ? 0 : null),
    threshold: value,
  };
}
