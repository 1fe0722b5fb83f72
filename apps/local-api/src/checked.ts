import type * as z from "zod";
import { ApiError } from "./errors";
import { fieldErrors } from "./event-validation";

/** What was received as the schema has it. What does not fit is answered 400 with the fields. */
export function checked<Schema extends z.ZodType>(schema: Schema, received: unknown): z.output<Schema> {
  const parsed = schema.safeParse(received);
  if (!parsed.success) throw new ApiError(400, fieldErrors(parsed.error.issues));
  return parsed.data;
}
