import * as z from "zod";
import { MAX_BATCH_EVENTS } from "../batch";
import { isIsoDateTime } from "../iso-time";

const isoDateTime = z.string().refine(isIsoDateTime, {
  error: "expected an ISO 8601 date and time, such as 2026-01-31T12:00:00Z",
});

/** Any JSON object: the properties of an event, or the traits of a user. */
export const payloadSchema: z.ZodRecord<z.ZodString, z.ZodUnknown> = z.record(z.string(), z.unknown());

/** One event as it travels, in the five fields of the SegOps contract and the optional `event_id`. */
export const wireEventSchema = z.object({
  user_id: z.string().min(1),
  event_type: z.string().min(1),
  occurred_at: isoDateTime.optional(),
  payload: payloadSchema.optional(),
  anonymous_id: z.string().min(1).optional(),
  event_id: z.string().min(1).optional(),
});

/** What `track()` takes: the same event in TypeScript's spelling. */
export const trackInputSchema = z.object({
  userId: z.string().min(1),
  eventType: z.string().min(1),
  occurredAt: z.union([isoDateTime, z.date().refine((date) => isIsoDateTime(date.toISOString()))]).optional(),
  payload: payloadSchema.optional(),
  anonymousId: z.string().min(1).optional(),
});

/** The body of a batch before its events are looked at: one bad event must not refuse its neighbours. */
export const batchEnvelopeSchema = z.object({
  events: z.array(z.unknown()).min(1).max(MAX_BATCH_EVENTS),
});

/** The body of a batch whose events are all valid: what a client sends. */
export const batchSchema = z.object({
  events: z.array(wireEventSchema).min(1).max(MAX_BATCH_EVENTS),
});

/** The answer to a batch. `skipped` counts the events refused by validation. */
export const batchReceiptSchema = z.object({
  queued: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
});

export type WireEvent = z.infer<typeof wireEventSchema>;
export type BatchReceipt = z.infer<typeof batchReceiptSchema>;
