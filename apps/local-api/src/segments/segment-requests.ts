import type { SegmentDefinition } from "@segops/core/schema";
import type { Context } from "hono";
import * as z from "zod";
import type { Services } from "../app";
import { authenticateSender } from "../credentials";
import { ApiError } from "../errors";
import { fieldErrors } from "../event-validation";
import { readJson } from "../request-body";
import { checkDefinition } from "./definition";
import { LIMITS } from "./limits";
import type { SegmentFields } from "./segment-registry";

/** The workspace of the secret key that a request comes with. Segments tell of every user: no other key will do. */
export async function workspaceOf(c: Context, { keys, tokens }: Services): Promise<string> {
  const sender = await authenticateSender(c.req.header("Authorization"), keys, tokens);
  if (sender.keyKind === "secret") return sender.workspace;
  throw new ApiError(403, "Segments take a secret key: Authorization: ApiKey sk_….");
}

const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), {
      error: "A text may not contain the character U+0000 or half a surrogate pair.",
    });

const fields = z.object({
  name: text(LIMITS.nameLength).refine((name) => name.trim() !== "", {
    error: "This field may not be empty.",
  }),
  description: text(LIMITS.descriptionLength).optional(),
  segment_type: text(LIMITS.nameLength).min(1).optional(),
});

export async function readNewSegment(c: Context): Promise<SegmentFields> {
  const body = await readObject(c);
  const { name, description = "", segment_type = "dynamic" } = parse(fields, body);
  return { name, description, segmentType: segment_type, definition: readDefinition(body.definition) };
}

/** What is left out stays as it is. */
export async function readChanges(c: Context): Promise<Partial<SegmentFields>> {
  const body = await readObject(c);
  const { name, description, segment_type } = parse(fields.partial(), body);
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(segment_type === undefined ? {} : { segmentType: segment_type }),
    ...(body.definition === undefined ? {} : { definition: readDefinition(body.definition) }),
  };
}

const previewBody = z.object({ limit: z.int().min(1).max(1000).default(10) });

export async function readPreview(c: Context): Promise<{ definition: SegmentDefinition; limit: number }> {
  const body = await readObject(c);
  return { definition: readDefinition(body.definition), ...parse(previewBody, body) };
}

const memberQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().optional(),
});

export function readMemberQuery(c: Context): { limit: number; after: string | undefined } {
  const { limit, cursor } = parse(memberQuery, c.req.query());
  return { limit, after: cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString() };
}

/** Where the next page begins, as a text that means nothing to others. */
export function cursorAfter(userId: string): string {
  return Buffer.from(userId).toString("base64url");
}

const membershipQuery = z.object({ user_id: z.string("Say whose: ?user_id=….").min(1) });

export function readUserId(c: Context): string {
  return parse(membershipQuery, c.req.query()).user_id;
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

function parse<Schema extends z.ZodType>(schema: Schema, received: unknown): z.output<Schema> {
  const parsed = schema.safeParse(received);
  if (!parsed.success) throw new ApiError(400, fieldErrors(parsed.error.issues));
  return parsed.data;
}
