import { batchEnvelopeSchema } from "@segops/core/schema";
import { type Context, Hono } from "hono";
import type { Services } from "../app";
import type { Arrival } from "../arrivals";
import { limitBody } from "../body-limit";
import { authenticateSender, type Sender } from "../credentials";
import { ApiError } from "../errors";
import { type CheckedEvent, checkEvent, fieldErrors } from "../event-validation";
import { isTooLong, TOO_LONG } from "../id-length";
import { fingerprintOf } from "../json-text";
import { readJson } from "../request-body";
import type { SubmissionOutcome } from "../store/event-records";
import { methodNotAllowed } from "./method-not-allowed";

/** `POST /api/ingestion/track/` and `POST /api/ingestion/track/batch/`. */
export function ingestionRoutes(services: Services): Hono {
  const { options, keys, tokens } = services;
  const routes = new Hono({ strict: false });
  const limit = limitBody(options.maxBodyBytes);
  const authenticate = (c: Context) => authenticateSender(c.req.header("Authorization"), keys, tokens);

  routes.post("/track", limit, async (c) => {
    const sender = await authenticate(c);
    const receivedAt = options.now();
    const checked = checkEvent(await readJson(c, options.maxBodyBytes), receivedAt);
    if (!checked.valid) {
      // Not under its idempotency key: corrected, the event may come again with the same one.
      await submit(services, { sender, receivedAt, ...UNKEYED, checked: [checked], answer: {} });
      throw new ApiError(400, checked.errors, { recorded: true });
    }
    const answer = { queued: true };
    const outcome = await submit(services, {
      sender,
      receivedAt,
      ...(await keyOf(c)),
      checked: [checked],
      answer,
    });
    return accepted(c, outcome);
  });

  routes.post("/track/batch", limit, async (c) => {
    const sender = await authenticate(c);
    const receivedAt = options.now();
    const received = openEnvelope(await readJson(c, options.maxBodyBytes));
    const checked = received.map((event) => checkEvent(event, receivedAt));
    const queued = checked.filter(({ valid }) => valid).length;
    const answer = { queued, skipped: checked.length - queued };
    const outcome = await submit(services, { sender, receivedAt, ...(await keyOf(c)), checked, answer });
    return accepted(c, outcome);
  });

  routes.all("/track", methodNotAllowed("POST"));
  routes.all("/track/batch", methodNotAllowed("POST"));
  return routes;
}

function openEnvelope(body: unknown): unknown[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'A batch is an object: {"events": […]}.');
  }
  const envelope = batchEnvelopeSchema.safeParse(body);
  if (!envelope.success) throw new ApiError(400, fieldErrors(envelope.error.issues));
  return envelope.data.events;
}

const UNKEYED: Pick<Received, "idempotencyKey" | "fingerprint"> = { idempotencyKey: null, fingerprint: null };

interface Received {
  sender: Sender;
  receivedAt: number;
  idempotencyKey: string | null;
  fingerprint: string | null;
  checked: readonly CheckedEvent[];
  answer: Record<string, unknown>;
}

/** Stores what a request brought, in one piece, and tells the listeners. */
async function submit({ store, feed }: Services, received: Received): Promise<SubmissionOutcome> {
  const { sender, receivedAt, idempotencyKey, fingerprint, checked, answer } = received;
  const events = checked.flatMap((result) => (result.valid ? [result.event] : []));
  const bad = checked.flatMap((result) => (result.valid ? [] : [result.bad]));
  const outcome = await store.submit({
    workspace: sender.workspace,
    keyKind: sender.keyKind,
    receivedAt,
    idempotencyKey,
    fingerprint,
    events: sender.keyKind === "public" ? events.map((event) => ({ ...event, userId: sender.uid })) : events,
    bad,
    answer,
  });
  feed.publish(arrivalsOf(outcome));
  return outcome;
}

/** The idempotency key of a request, and what tells whether a later one with it is the same. */
async function keyOf(c: Context): Promise<typeof UNKEYED> {
  const idempotencyKey = c.req.header("Idempotency-Key") || null;
  if (idempotencyKey === null) return UNKEYED;
  if (isTooLong(idempotencyKey)) throw new ApiError(400, { "Idempotency-Key": [TOO_LONG] });
  return { idempotencyKey, fingerprint: fingerprintOf(new Uint8Array(await c.req.arrayBuffer())) };
}

function accepted(c: Context, { answer, replayed }: SubmissionOutcome): Response {
  if (replayed) c.header("Idempotent-Replayed", "true");
  return c.json(answer, 202);
}

function arrivalsOf(outcome: SubmissionOutcome): Arrival[] {
  return [
    ...outcome.events.map((event) => ({ kind: "good" as const, event })),
    ...outcome.bad.map((event) => ({ kind: "bad" as const, event })),
  ];
}
