import * as z from "zod";
import { faultSchema } from "../faults/fault";
import { timelineQuery } from "../routes/explorer-queries";
import { exportQuery } from "../routes/export";
import { badQuery, duplicatesQuery, eventsQuery, gapsQuery } from "../routes/received-queries";
import { waitQuery } from "../routes/wait";
import { newWorkspaceSchema } from "../routes/workspaces";
import {
  badEventSchema,
  countsSchema,
  duplicateSchema,
  faultListSchema,
  infoSchema,
  keyListSchema,
  pageOf,
  sequenceReportSchema,
  storedEventSchema,
  userHistorySchema,
  workspaceSchema,
} from "./local-schemas";
import type { Operation } from "./operations";

type Answer = Operation["success"];
type Parts = Pick<Operation, "query" | "body" | "errors">;

export const localOperations: readonly Operation[] = [
  get("/local/info", "The address, and the keys where they are well known.", json(infoSchema)),
  get("/local/counts", "How many events were received.", json(countsSchema)),
  get(
    "/local/wait",
    "Waits until each count is reached, or answers 409 when the time is up.",
    json(countsSchema),
    {
      query: waitQuery,
      errors: [400, 409],
    },
  ),
  get("/local/events", "Stored events, newest first.", json(pageOf(storedEventSchema)), {
    query: eventsQuery,
  }),
  get("/local/events/{id}", "One stored event.", json(storedEventSchema), { errors: [404] }),
  get("/local/bad", "Refused events, newest first.", json(pageOf(badEventSchema)), { query: badQuery }),
  get("/local/bad/{id}", "One refused event.", json(badEventSchema), { errors: [404] }),
  get("/local/duplicates", "What came again and was not stored again.", json(pageOf(duplicateSchema)), {
    query: duplicatesQuery,
  }),
  get(
    "/local/gaps",
    "Holds what was stored against numbers in the payloads: what is missing, and what is there twice.",
    json(z.object({ results: z.array(sequenceReportSchema) })),
    { query: gapsQuery },
  ),
  get(
    "/local/export",
    "Everything in the order of arrival, as JSON lines.",
    { status: 200, contentType: "application/x-ndjson" },
    { query: exportQuery },
  ),
  get("/local/keys", "The keys of the start: what each may do, not what it is.", json(keyListSchema)),
  get(
    "/local/users/{user_id}/history",
    "What a user did, under which of their ids. Takes a secret key.",
    json(userHistorySchema),
    { query: timelineQuery },
  ),
  get("/local/stream", "Server-sent events: counts, arrivals, reset, faults, segments.", {
    status: 200,
    contentType: "text/event-stream",
  }),
  post("/local/reset", "Forgets what was received.", json(countsSchema)),
  get("/local/faults", "The faults that are not used up.", json(faultListSchema)),
  post("/local/faults", "Adds a fault, or a list of them.", json(z.object({ ids: z.array(z.int()) }), 201), {
    body: z.union([faultSchema, z.array(faultSchema)]),
    errors: [400],
  }),
  remove("/local/faults", "Removes all faults.", json(faultListSchema)),
  remove("/local/faults/{id}", "Removes a fault.", json(z.object({ id: z.int(), hits: z.int() })), {
    errors: [404],
  }),
  post("/local/workspaces", "Makes a workspace with keys of its own.", json(workspaceSchema, 201), {
    body: newWorkspaceSchema,
    errors: [400],
  }),
];

function json(schema: z.ZodType, status = 200): Answer {
  return { status, schema };
}

function get(path: string, summary: string, success: Answer, parts: Parts = {}): Operation {
  return { method: "get", path, summary, credentials: "none", success, ...parts };
}

function post(path: string, summary: string, success: Answer, parts: Parts = {}): Operation {
  return { ...get(path, summary, success, parts), method: "post" };
}

function remove(path: string, summary: string, success: Answer, parts: Parts = {}): Operation {
  return { ...get(path, summary, success, parts), method: "delete" };
}
