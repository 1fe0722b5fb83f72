import type { Handler } from "hono";
import { ApiError } from "../errors";

/** Answers every method that a known path does not take. */
export function methodNotAllowed(allowed: string): Handler {
  return (c) => {
    c.header("Allow", allowed);
    throw new ApiError(405, `Method "${c.req.method}" not allowed. Use ${allowed}.`);
  };
}
