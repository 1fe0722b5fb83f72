import type { Handler } from "hono";
import * as z from "zod";
import type { Services } from "../app";
import { checked } from "../checked";
import { ApiError } from "../errors";
import { CountsTimeout, waitForCounts } from "../wait-for-counts";
import { localScope } from "./local-access";

const MAX_TIMEOUT_MS = 60_000;
const DEFAULT_TIMEOUT = "10s";

const atLeast = z.coerce.number().int().nonnegative().optional();

/** `5s`, `500ms`, or bare milliseconds. */
const duration = z
  .string()
  .regex(/^\d+(ms|s)?$/, "Write a time as 500ms, 5s, or a number of milliseconds.")
  .transform((text) => Number.parseInt(text, 10) * (/\ds$/.test(text) ? 1000 : 1))
  .pipe(z.number().max(MAX_TIMEOUT_MS));

export const waitQuery = z.object({
  good: atLeast,
  bad: atLeast,
  total: atLeast,
  duplicates: atLeast,
  distinct_users: atLeast,
  timeout: z.string().default(DEFAULT_TIMEOUT).pipe(duration),
});

/** Answers with the counts as soon as each has reached the number asked for, or 409 when the time is up. */
export function waitRoute({ store, feed }: Services): Handler {
  return async (c) => {
    const { timeout, ...wanted } = checked(waitQuery, c.req.query());
    const targets = Object.entries(wanted) as [keyof typeof wanted, number | undefined][];
    const workspace = localScope(c);
    try {
      const counts = await waitForCounts(
        { store, feed, workspace },
        (current) => targets.every(([name, least]) => least === undefined || current[name] >= least),
        timeout,
      );
      return c.json(counts);
    } catch (error) {
      if (!(error instanceof CountsTimeout)) throw error;
      throw new ApiError(409, error.message);
    }
  };
}
