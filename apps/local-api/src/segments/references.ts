import type { SegmentDefinition } from "@segops/core/schema";
import { LIMITS } from "./limits";
import type { Segment } from "./segment-registry";

/** The definitions that another may refer to, by segment id. */
export type Definitions = ReadonlyMap<string, SegmentDefinition>;

export function definitionsOf(segments: readonly Segment[]): Map<string, SegmentDefinition> {
  return new Map(segments.map(({ id, definition }) => [id, definition]));
}

export function referencesOf({ conditions }: SegmentDefinition): string[] {
  return conditions.flatMap((condition) =>
    condition.type === "segment_membership" ? [condition.segment_id] : [],
  );
}

/**
 * What is wrong with the segments a definition refers to: one that does not exist, a circle, or too much of it.
 * `id` is the segment that the definition is meant for, where it has one already.
 */
export function referenceProblem(
  definition: SegmentDefinition,
  others: Definitions,
  id?: string,
): string | undefined {
  const known = new Map(others);
  if (id !== undefined) known.set(id, definition);
  let budget = LIMITS.expandedConditions;

  function visit(current: SegmentDefinition, path: readonly string[]): string | undefined {
    budget -= current.conditions.length;
    if (budget < 0) {
      return `conditions: with those of the segments referred to there are more than ${LIMITS.expandedConditions}.`;
    }
    for (const reference of referencesOf(current)) {
      const referred = known.get(reference);
      if (referred === undefined)
        return `conditions: there is no segment ${reference.slice(0, 80)} to be in.`;
      if (path.includes(reference)) {
        return `conditions: the segments refer to each other in a circle: ${[...path, reference].join(" → ")}.`;
      }
      if (path.length > LIMITS.membershipDepth) {
        return `conditions: the segments refer to each other more than ${LIMITS.membershipDepth} deep.`;
      }
      const problem = visit(referred, [...path, reference]);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  return visit(definition, [id ?? "this definition"]);
}

/** What a change of one segment would break in those that refer to it. */
export function dependentProblem(
  id: string,
  definition: SegmentDefinition,
  others: Definitions,
): string | undefined {
  const changed = new Map(others).set(id, definition);
  for (const [other, itsDefinition] of others) {
    const problem = other === id ? undefined : referenceProblem(itsDefinition, changed, other);
    if (problem !== undefined) return `${problem.replace(/\.$/, "")}, seen from segment ${other}.`;
  }
  return undefined;
}
