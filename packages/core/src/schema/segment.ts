import * as z from "zod";

const eventType = z.string().min(1);
const property = z.string().min(1);
const windowDays = z.number().positive();

/** Operators that compare two numbers. */
export const numericOperatorSchema = z.enum(["eq", "neq", "gt", "gte", "lt", "lte"]);

/** Operators that compare a property with a value. */
export const propertyOperatorSchema = z.enum([
  "eq",
  "neq",
  "gt",
  "gte",
  "lt",
  "lte",
  "between",
  "not_between",
  "in",
  "not_in",
  "contains",
  "does_not_contain",
  "starts_with",
  "ends_with",
  "matches_regex",
  "is_set",
  "is_not_set",
  "is_true",
  "is_false",
]);

/** How often an event happened, ever or in the last `window_days`. */
export const eventCountConditionSchema = z.object({
  type: z.literal("event_count"),
  event_type: eventType,
  operator: numericOperatorSchema,
  value: z.number(),
  window_days: windowDays.optional(),
});

/** Days since the last such event: `gt` is churned, `lt` is active. */
export const recencyConditionSchema = z.object({
  type: z.literal("recency"),
  event_type: eventType,
  operator: z.enum(["gt", "lt", "eq"]),
  window_days: windowDays,
});

/** A sum, mean or maximum over a numeric property of an event. */
export const monetaryConditionSchema = z.object({
  type: z.literal("monetary"),
  event_type: eventType,
  property,
  metric: z.enum(["sum", "avg", "max"]),
  operator: numericOperatorSchema,
  value: z.number(),
});

/** A property of the latest event of a type. */
export const eventPropertyConditionSchema = z.object({
  type: z.literal("event_property"),
  event_type: eventType,
  property,
  operator: propertyOperatorSchema,
  value: z.unknown().optional(),
});

/** A trait of the user. */
export const userPropertyConditionSchema = z.object({
  type: z.literal("user_property"),
  property,
  operator: propertyOperatorSchema,
  value: z.unknown().optional(),
});

/** Event types in this order, within `window_days`. */
export const eventSequenceConditionSchema = z.object({
  type: z.literal("event_sequence"),
  events: z.array(eventType).min(1),
  window_days: windowDays,
  strict: z.boolean().optional(),
});

/** Members, or non-members, of another segment. */
export const segmentMembershipConditionSchema = z.object({
  type: z.literal("segment_membership"),
  segment_id: z.string().min(1),
  operator: z.enum(["in", "not_in"]),
});

/** One condition of a segment. */
export const segmentConditionSchema = z.discriminatedUnion("type", [
  eventCountConditionSchema,
  recencyConditionSchema,
  monetaryConditionSchema,
  eventPropertyConditionSchema,
  userPropertyConditionSchema,
  eventSequenceConditionSchema,
  segmentMembershipConditionSchema,
]);

/** The rule that a segment is computed from. */
export const segmentDefinitionSchema = z.object({
  logic: z.enum(["AND", "OR"]),
  conditions: z.array(segmentConditionSchema).min(1),
});

export type SegmentCondition = z.infer<typeof segmentConditionSchema>;
export type SegmentDefinition = z.infer<typeof segmentDefinitionSchema>;
