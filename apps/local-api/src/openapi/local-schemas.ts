import * as z from "zod";
import { faultSchema } from "../faults/fault";

const time = z.iso.datetime();
const payload = z.record(z.string(), z.unknown());
const keyKind = z.enum(["secret", "public"]);

export const countsSchema = z.object({
  total: z.int(),
  good: z.int(),
  bad: z.int(),
  duplicates: z.int(),
  distinct_users: z.int(),
});

export const storedEventSchema = z.object({
  id: z.int(),
  received_at: time,
  workspace: z.string(),
  key_kind: keyKind,
  user_id: z.string(),
  resolved_user_id: z.string(),
  event_type: z.string(),
  occurred_at: time,
  claimed_at: time.nullable(),
  payload,
  anonymous_id: z.string().nullable(),
  event_id: z.string().nullable(),
});

export const badEventSchema = z.object({
  id: z.int(),
  received_at: time,
  workspace: z.string(),
  key_kind: keyKind,
  reason: z.string(),
  field: z.string().nullable(),
  message: z.string(),
  received: z.unknown(),
});

export const duplicateSchema = z.object({
  received_at: time,
  workspace: z.string(),
  recognised_by: z.enum(["event_id", "idempotency_key"]),
  reference: z.string().nullable(),
  events: z.int(),
  identical: z.boolean().nullable(),
});

export const sequenceReportSchema = z.object({
  user_id: z.string(),
  event_type: z.string(),
  events: z.int(),
  first: z.number(),
  last: z.number(),
  repeated: z.int(),
  missing: z.number(),
  gaps: z.array(z.tuple([z.number(), z.number()])),
});

export const faultListSchema = z.object({
  results: z.array(z.object({ id: z.int(), hits: z.int(), fault: faultSchema })),
});

export const workspaceSchema = z.object({
  workspace: z.string(),
  secret_key: z.string(),
  public_key: z.string(),
});

export const keyListSchema = z.object({
  results: z.array(
    z.object({
      kind: z.enum(["secret", "public", "mcp"]),
      workspace: z.string(),
      key: z.string().nullable(),
      allowed_origins: z.array(z.string()),
      allow_missing_origin: z.boolean(),
      require_signed_user_id: z.boolean(),
    }),
  ),
});

export const userHistorySchema = z.object({
  user_id: z.string(),
  aliases: z.array(z.string()),
  count: z.int(),
  results: z.array(
    z.object({ id: z.int(), user_id: z.string(), event_type: z.string(), occurred_at: time, payload }),
  ),
  next_cursor: z.string().nullable(),
});

export const infoSchema = z.object({
  url: z.url(),
  secret_key: z.string().nullable(),
  public_key: z.string().nullable(),
});

export function pageOf(schema: z.ZodType): z.ZodObject {
  return z.object({ count: z.int(), results: z.array(schema) });
}
