import { segmentDefinitionSchema } from "@segops/core/schema";
import * as z from "zod";
import type { Operation } from "../openapi/operations";
import {
  explanationSchema,
  memberQuery,
  membershipQuery,
  previewFields,
  segmentFields,
  segmentSchema,
  userSegmentSchema,
} from "./segment-schemas";

const SEGMENTS = "/api/segments/";
const SEGMENT = "/api/segments/{segment_id}/";
const OF_USER = "/api/explorer/users/{user_id}/segments/";

const ok = (schema: z.ZodType) => ({ status: 200, schema });
const listOf = (schema: z.ZodType) => ok(z.object({ count: z.int(), results: z.array(schema) }));
const definition = segmentDefinitionSchema;
const newSegment = segmentFields.extend({ definition });
const previewed = z.object({
  matched_users: z.int(),
  sample_user_ids: z.array(z.string()),
  sql: z.string(),
});
const memberPage = z.object({
  count: z.int(),
  results: z.array(z.string()),
  next_cursor: z.string().nullable(),
});
const version = z.object({ version: z.int(), definition, created_at: z.iso.datetime() });

/** The calls that have to do with segments, for the OpenAPI document. */
export const segmentOperations: readonly Operation[] = [
  read(SEGMENTS, "Segments, oldest first.", listOf(segmentSchema)),
  {
    ...write("post", SEGMENTS, "Makes a segment.", { status: 201, schema: segmentSchema }),
    body: newSegment,
    errors: [400, 409, 413],
  },
  {
    ...read(`${SEGMENTS}preview/`, "Who would match a definition, and by which SQL.", ok(previewed)),
    method: "post",
    body: previewFields.extend({ definition }),
    errors: [400, 413],
  },
  {
    ...read(`${SEGMENTS}membership/`, "The segments a user is in.", listOf(segmentSchema)),
    query: membershipQuery,
    errors: [400],
  },
  read(SEGMENT, "One segment.", ok(segmentSchema)),
  {
    ...write("patch", SEGMENT, "Changes what is given.", ok(segmentSchema)),
    body: newSegment.partial(),
    errors: [400, 404, 413],
  },
  { ...write("delete", SEGMENT, "Deletes a segment.", { status: 204 }), errors: [404, 409] },
  write("post", `${SEGMENT}compute/`, "Computes who is in a segment.", ok(segmentSchema)),
  { ...read(`${SEGMENT}members/`, "Who is in a segment, sorted.", ok(memberPage)), query: memberQuery },
  read(`${SEGMENT}versions/`, "What its definition was, newest first.", listOf(version)),
  { ...read(OF_USER, "The segments a user is in.", ok(z.array(userSegmentSchema))), errors: [] },
  read(`${OF_USER}{segment_id}/explain/`, "How a user fares with each condition.", ok(explanationSchema)),
];

function read(path: string, summary: string, success: Operation["success"]): Operation {
  return { method: "get", path, summary, credentials: "reader", success, errors: [404] };
}

function write(
  method: Operation["method"],
  path: string,
  summary: string,
  success: Operation["success"],
): Operation {
  return { method, path, summary, credentials: "secret", success, errors: [404] };
}
