import {
  batchEnvelopeSchema,
  batchReceiptSchema,
  sessionRequestSchema,
  sessionResponseSchema,
  wireEventSchema,
} from "@segops/core/schema";
import * as z from "zod";
import type { Operation } from "./operations";

const events = z.array(wireEventSchema).describe("Bad events among them are skipped, and the others stored.");

export const ingestionOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/ingestion/track/",
    summary: "Stores one event. It is committed before the answer.",
    credentials: "sender",
    body: wireEventSchema,
    success: { status: 202, schema: z.object({ queued: z.literal(true) }) },
    errors: [400, 413],
  },
  {
    method: "post",
    path: "/api/ingestion/track/batch/",
    summary: "Stores 1 to 500 events.",
    credentials: "sender",
    body: batchEnvelopeSchema.extend({ events: events.min(1).max(500) }),
    success: { status: 202, schema: batchReceiptSchema },
    errors: [400, 413],
  },
  {
    method: "post",
    path: "/api/auth/session/",
    summary: "Exchanges a public key for a token of 15 minutes that is locked to one identity.",
    credentials: "public",
    body: sessionRequestSchema,
    success: { status: 200, schema: sessionResponseSchema },
    errors: [400],
  },
];
