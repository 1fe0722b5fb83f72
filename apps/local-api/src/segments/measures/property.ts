import { type CompileContext, fromEvents, type Measure, ofType } from "../measure";
import type { PropertyCondition } from "../operand";
import { compareProperty } from "../property-comparison";

/** The event that `identify()` sends; its payload is the traits. */
const IDENTIFY = "context_identified";

/** A property of the latest event of a type, whether that event has it or not. */
export function eventProperty(
  condition: Extract<PropertyCondition, { type: "event_property" }>,
  context: CompileContext,
): Measure {
  return latestValue(condition, context, () => [ofType(context, condition.event_type)]);
}

/** A trait: each counts as the latest `identify()` that named it has left it. */
export function userProperty(
  condition: Extract<PropertyCondition, { type: "user_property" }>,
  context: CompileContext,
): Measure {
  return latestValue(condition, context, (kind) => [ofType(context, IDENTIFY), `${kind} IS NOT NULL`]);
}

function latestValue(
  condition: PropertyCondition,
  context: CompileContext,
  conditions: (kind: string) => string[],
): Measure {
  const { dialect, parameters } = context;
  const key = parameters.text(dialect.jsonKey(condition.property));
  const kindOf = (payload: string) => dialect.jsonType(payload, key);
  const latestFirst =
    "row_number() OVER (PARTITION BY resolved_user_id ORDER BY occurred_at DESC, id DESC) AS place";
  const candidates = `SELECT resolved_user_id AS user_id, payload, ${latestFirst} ${fromEvents(context, ...conditions(kindOf("payload")))}`;
  return {
    // Only the payload of the one event that counts is read.
    query: `SELECT user_id, ${kindOf("payload")} AS kind, ${dialect.jsonText("payload", key)} AS content FROM (${candidates}) latest WHERE place = 1`,
    columns: ["kind", "content"],
    passes: (row) => compareProperty({ kind: `${row}.kind`, text: `${row}.content` }, condition, context),
    actual: ({ kind, content }) => jsonValue(kind, content),
    threshold: condition.value ?? null,
  };
}

function jsonValue(kind: unknown, content: unknown): unknown {
  if (typeof content !== "string") return null;
  return kind === "string" ? content : (JSON.parse(content) as unknown);
}
