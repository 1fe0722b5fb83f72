import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A body in the shape the contract documents: `{"detail": "…"}` or `{"<field>": ["…"]}`. */
export type ErrorBody = { detail: string } | Record<string, string[]>;

/** An answer other than success. Thrown anywhere below a route; `app.ts` turns it into the response. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ContentfulStatusCode;
  readonly body: ErrorBody;

  /** Whether what is wrong was recorded already, as a bad event. */
  readonly recorded: boolean;

  constructor(status: ContentfulStatusCode, body: ErrorBody | string, { recorded = false } = {}) {
    const shaped = typeof body === "string" ? { detail: body } : body;
    super(describe(shaped));
    this.status = status;
    this.body = shaped;
    this.recorded = recorded;
  }
}

/** The server could not start as it was asked to. */
export class StartError extends Error {
  override readonly name = "StartError";
}

function describe(body: ErrorBody): string {
  if (typeof body.detail === "string") return body.detail;
  return Object.entries(body)
    .map(([field, messages]) => `${field}: ${[messages].flat().join(" ")}`)
    .join(" ");
}
