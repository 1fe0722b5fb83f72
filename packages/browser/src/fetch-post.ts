import { type LightRuntime, textOf, withDeadline } from "@segops/core/light";
import { bookKeepAlive, keepAliveRoom } from "./keep-alive";
import { schedule, utf8Length } from "./platform";

/** Sends one request: one attempt, always an answer. It outlives the page where the platform's limit allows it. */
export function createFetchPost(
  apiUrl: string,
  timeoutMs: number,
  fetch: typeof globalThis.fetch,
): LightRuntime["post"] {
  return async (path, authorization, body) => {
    const bytes = utf8Length(body);
    const keepalive = bytes <= keepAliveRoom();
    const controller = new AbortController();
    if (keepalive) bookKeepAlive(bytes, 1);
    try {
      return await withDeadline({ schedule }, timeoutMs, async () => {
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
      });
    } catch (error) {
      return { kind: "failed", reason: textOf((error as Error | undefined)?.message ?? error) };
    } finally {
      controller.abort();
      if (keepalive) bookKeepAlive(bytes, -1);
    }
  };
}
