import * as z from "zod";

export const idSchema = z.coerce.number().int().nonnegative();
const limit = z.coerce.number().int().min(1).max(1000).default(100);
const range = { limit, after: idSchema.optional(), before: idSchema.optional() };

export const eventsQuery = z.object({
  ...range,
  event_type: z.string().optional(),
  user_id: z.string().optional(),
});
export const badQuery = z.object(range);
export const duplicatesQuery = z.object({ limit });
export const gapsQuery = z.object({
  /** The payload's property that holds the number. */
  property: z.string().default("seq"),
  user_id: z.string().optional(),
  limit,
});
