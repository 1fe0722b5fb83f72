import { withDeadline } from "./deadline";
import { textOf } from "./host-call";
import type { HttpOutcome, HttpRequest, Runtime } from "./runtime";

/** What differs from one request to the next. */
export interface AttemptInput {
  readonly path: string;
  readonly authorization: string;
  readonly content: Pick<HttpRequest, "body" | "utf8Body">;
  readonly idempotencyKey?: string | undefined;
  readonly unloading: boolean;
}

export type Attempt = (input: AttemptInput) => Promise<HttpOutcome>;

/** The only place that knows the headers of the wire. */
export function toHttpRequest(
  { path, authorization, content, idempotencyKey, unloading }: AttemptInput,
  apiUrl: string,
  timeoutMs: number,
): HttpRequest {
  return {
    url: apiUrl + path,
    headers: {
      authorization,
      "content-type": "application/json",
      ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
    },
    // No copy by spread: it would make a text of bytes that are sent as they are.
    get body() {
      return content.body;
    },
    utf8Body: content.utf8Body,
    timeoutMs,
    unloading,
  };
}

// A transport keeps the deadline itself and lets go of its socket. One that never answers would stop all
// sending for good, so the engine stops waiting a little later whatever the transport does.
const GRACE_MS = 1_000;

/** Sends one request and always answers, whatever the transport does. The post itself starts at once. */
export function createAttempt(
  { transport, scheduler }: Pick<Runtime, "transport" | "scheduler">,
  { apiUrl, requestTimeout }: { readonly apiUrl: string; readonly requestTimeout: number },
): Attempt {
  return (input) =>
    withDeadline(
      scheduler,
      requestTimeout,
      () => transport.post(toHttpRequest(input, apiUrl, requestTimeout)),
      GRACE_MS,
    ).catch((error) => ({ kind: "failed", reason: textOf(error) }));
}
