import { segmentDefinitionSchema } from "@segops/core/schema";
import * as z from "zod";
import { LIMITS } from "./limits";

const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), {
      error: "A text may not contain the character U+0000 or half a surrogate pair.",
    });

/** All but the definition, which is looked at by itself for errors that name the place. */
export const segmentFields = z.object({
  name: text(LIMITS.nameLength).refine((name) => name.trim() !== "", {
    error: "This field may not be empty.",
  }),
  description: text(LIMITS.descriptionLength).optional(),
  segment_type: text(LIMITS.nameLength).min(1).optional(),
});
export const previewFields = z.object({ limit: z.int().min(1).max(1000).default(10) });

export const memberQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().optional(),
});
export const membershipQuery = z.object({ user_id: z.string("Say whose: ?user_id=….").min(1) });

/** A segment as it is answered. */
export const segmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  segment_type: z.string(),
  definition: segmentDefinitionSchema,
  version: z.int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  member_count: z.int(),
  last_computed_at: z.iso.datetime().nullable(),
});

/** A segment as one of those that a user is in. */
export const userSegmentSchema = z.object({
  segment_id: z.string(),
  segment_name: z.string(),
  member_count: z.int(),
  computed_at: z.iso.datetime().nullable(),
});

export const explanationSchema = z.object({
  user_id: z.string(),
  segment_id: z.string(),
  segment_name: z.string(),
  logic: z.enum(["AND", "OR"]),
  matches: z.boolean(),
  conditions: z.array(
    z.object({
      index: z.int(),
      type: z.string(),
      label: z.string(),
      actual: z.unknown(),
      threshold: z.unknown(),
      passed: z.boolean(),
    }),
  ),
});
