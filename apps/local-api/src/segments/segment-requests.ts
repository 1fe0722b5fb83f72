import type { SegmentDefinition } from "@segops/core/schema";
import type { Context } from "hono";
import type { Services } from "../app";
import { checked } from "../checked";
import { authenticateReader, authenticateSender } from "../credentials";
import { ApiError } from "../errors";
import { readJson } from "../request-body";
import { checkDefinition } from "./definition";
import { LIMITS } from "./limits";
import type { SegmentFields } from "./segment-registry";
import { memberQuery, membershipQuery, previewFields, segmentFields } from "./segment-schemas";

/** The workspace of a key that may read: segments tell of every user. */
export async function readersWorkspace(c: Context, { keys }: Services): Promise<string> {
  return (await authenticateReader(c.req.header("Authorization"), keys)).workspace;
}

/** The workspace of a key that may change something. */
export async function writersWorkspace(c: Context, { keys, tokens }: Services): Promise<string> {
  const sender = await authenticateSender(c.req.header("Authorization"), keys, tokens);
  if (sender.keyKind === "secret") return sender.workspace;
  throw new ApiError(403, "To change segments takes a secret key: Authorization: ApiKey sk_….");
}

export async function readNewSegment(c: Context): Promise<SegmentFields> {
  const body = await readObject(c);
  const { name, description = "", segment_type = "dynamic" } = checked(segmentFields, body);
  return { name, description, segmentType: segment_type, definition: readDefinition(body.definition) };
}

/** What is left out stays as it is. */
export async function readChanges(c: Context): Promise<Partial<SegmentFields>> {
  const body = await readObject(c);
  const { name, description, segment_type } = checked(segmentFields.partial(), body);
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(segment_type === undefined ? {} : { segmentType: segment_type }),
    ...(body.definition === undefined ? {} : { definition: readDefinition(body.definition) }),
  };
}

export async function readPreview(c: Context): Promise<{ definition: SegmentDefinition; limit: number }> {
  const body = await readObject(c);
  return { definition: readDefinition(body.definition), ...checked(previewFields, body) };
}

export function readMemberQuery(c: Context): { limit: number; after: string | undefined } {
  const { limit, cursor } = checked(memberQuery, c.req.query());
  return { limit, after: cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString() };
}

/** Where the next page begins, as a text that means nothing to others. */
export function cursorAfter(userId: string): string {
  return Buffer.from(userId).toString("base64url");
}

export function readUserId(c: Context): string {
  return checked(membershipQuery, c.req.query()).user_id;
}

function readDefinition(received: unknown): SegmentDefinition {
  if (received === undefined) throw new ApiError(400, { definition: ["This field is required."] });
  const check = checkDefinition(received);
  if (!check.valid) throw new ApiError(400, { definition: check.problems });
  return check.definition;
}

async function readObject(c: Context): Promise<Record<string, unknown>> {
  const body = await readJson(c, LIMITS.bodyBytes);
  if (typeof body === "object" && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new ApiError(400, "The body is a JSON object.");
}
