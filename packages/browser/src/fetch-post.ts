import { type HttpOutcome, utf8Length } from "@segops/core";
import type { LightRuntime } from "@segops/core/light";
import { keepAliveRoom, reserveKeepAlive } from "./keep-alive";

/** Sends one request: one attempt, always an answer. It outlives the page where the platform's limit allows it. */
export function createFetchPost(
  apiUrl: string,
  timeoutMs: number,
  fetch: typeof globalThis.fetch,
): LightRuntime["post"] {
  return async (path, authorization, body): Promise<HttpOutcome> => {
    const bytes = utf8Length(body);
    const keepalive = bytes <= keepAliveRoom();
    const release = keepalive ? reserveKeepAlive(bytes) : undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeoutMs);
    try {
      const response = await fetch(apiUrl + path, {
        method: "POST",
        // No other header: each has to be allowed by the server's CORS answer (SegOps contract, section 7).
        headers: { authorization, "content-type": "application/json" },
        body,
        keepalive,
        credentials: "omit",
        signal: controller.signal,
      });
      return {
        kind: "response",
        status: response.status,
        retryAfter: response.headers.get("retry-after"),
        // Read to its end: an answer that is left alone keeps its place in the limit.
        body: await response.text(),
      };
    } catch (error) {
      return {
        kind: "failed",
        reason: controller.signal.aborted ? `no answer within ${timeoutMs} ms` : String(error),
      };
    } finally {
      clearTimeout(timer);
      release?.();
    }
  };
}
