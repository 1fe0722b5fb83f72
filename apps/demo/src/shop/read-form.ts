import type { Context } from "hono";
import type * as z from "zod";
import { fieldErrors } from "./forms";

/** The checked body, or the answer that says what is wrong with it. */
export async function readForm<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.infer<Schema> | Response> {
  // A form of another site cannot send this type without asking first.
  if (!/^application\/json\b/.test(c.req.header("Content-Type") ?? "")) {
    return c.json({ detail: "Send JSON, with Content-Type: application/json." }, 415);
  }
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return c.json({ detail: "The body is not valid JSON." }, 400);
  }
  const form = schema.safeParse(body);
  return form.success ? form.data : c.json(fieldErrors(form.error), 400);
}
