import {
  type SegmentCondition,
  type SegmentDefinition,
  segmentConditionSchema,
  segmentDefinitionSchema,
} from "@segops/core/schema";
import { LIMITS } from "./limits";
import { operandProblem } from "./operand";

export type DefinitionCheck =
  | { valid: true; definition: SegmentDefinition }
  | { valid: false; problems: string[] };

/** Looks at a definition as received: its shape, its values, and what it would cost. */
export function checkDefinition(received: unknown): DefinitionCheck {
  const parsed = segmentDefinitionSchema.safeParse(received);
  if (!parsed.success) {
    return { valid: false, problems: parsed.error.issues.map((issue) => shapeProblem(issue, received)) };
  }
  const definition = parsed.data;
  const { conditions } = definition;
  if (conditions.length > LIMITS.conditions) {
    const problem = `conditions: there are ${conditions.length}; at most ${LIMITS.conditions} are taken.`;
    return { valid: false, problems: [problem] };
  }
  const problems = conditions.flatMap((condition, index) =>
    conditionProblems(condition).map((problem) => `conditions.${index}.${problem}.`),
  );
  return problems.length === 0 ? { valid: true, definition } : { valid: false, problems };
}

function conditionProblems(condition: SegmentCondition): string[] {
  const problems = Object.entries(condition).flatMap(([field, value]) => textProblems(field, value));
  if ("window_days" in condition && (condition.window_days ?? 0) > LIMITS.windowDays) {
    problems.push(`window_days: at most ${LIMITS.windowDays} are taken, but was ${condition.window_days}`);
  }
  if (condition.type === "event_sequence" && condition.events.length > LIMITS.sequenceSteps) {
    problems.push(
      `events: at most ${LIMITS.sequenceSteps} steps are taken, but there are ${condition.events.length}`,
    );
  }
  if (condition.type === "event_property" || condition.type === "user_property") {
    const problem = operandProblem(condition.operator, condition.value);
    if (problem !== undefined) problems.push(`value: ${problem.replace(/\.$/, "")}`);
  }
  return problems;
}

/** Texts that a database would refuse or change, or that are longer than any name. */
function textProblems(field: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textProblems(field, item)).slice(0, 1);
  if (typeof value !== "string") return [];
  if (value.includes("\0")) return [`${field}: a text may not contain the character U+0000`];
  if (/\p{Surrogate}/u.test(value)) return [`${field}: a text may not contain half a surrogate pair`];
  if (field !== "value" && value.length > LIMITS.textLength) {
    return [`${field}: has ${value.length} characters; at most ${LIMITS.textLength} are taken`];
  }
  return [];
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const TYPES = segmentConditionSchema.options.map((option) => option.shape.type.value).join(", ");

function shapeProblem({ path, message }: Issue, received: unknown): string {
  const place = path.join(".");
  const isType = path[0] === "conditions" && path[2] === "type";
  const said = isType ? `the types are ${TYPES}` : message;
  if (place === "") return `${said}.`;
  return `${place}: ${said}${wasAt(received, path)}.`;
}

function wasAt(received: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    received,
  );
  if (typeof value === "object" && value !== null) return "";
  return `, but was ${value === undefined ? "missing" : JSON.stringify(value).slice(0, 80)}`;
}
