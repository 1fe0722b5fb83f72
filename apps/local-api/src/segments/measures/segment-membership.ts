import type { SegmentCondition, SegmentDefinition } from "@segops/core/schema";
import type { CompileContext, Measure } from "../measure";

type Condition = Extract<SegmentCondition, { type: "segment_membership" }>;

/** Who is in another segment by its definition as it is now, not by what was last computed. */
export function segmentMembership(
  condition: Condition,
  context: CompileContext,
  compileMembers: (definition: SegmentDefinition, context: CompileContext) => string,
): Measure {
  const { segment_id, operator } = condition;
  const definition = context.referenced.get(segment_id);
  if (definition === undefined) throw new Error(`The definition of segment ${segment_id} is not at hand.`);
  return {
    query: `SELECT user_id, TRUE AS is_member FROM (${compileMembers(definition, context)}) members`,
    columns: ["is_member"],
    passes: (row) => `${row}.is_member IS ${operator === "in" ? "NOT NULL" : "NULL"}`,
    actual: ({ is_member }) => (is_member === true ? "in" : "not_in"),
    threshold: operator,
  };
}
