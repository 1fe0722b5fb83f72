import type { HttpOutcome, Transport } from "@segops/core";

/** As much of `fetch` as is used: the global one fits, and so do most stand-ins. */
export type Fetch = (
  url: string,
  init: {
    readonly method: "POST";
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly signal: AbortSignal;
    readonly redirect: "manual";
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** Sends one request through a `fetch` that the host chose. */
export function createFetchTransport(fetch: Fetch): Transport {
  return {
    async post({ url, headers, body, timeoutMs }): Promise<HttpOutcome> {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), timeoutMs);
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: { ...headers },
          body,
          signal: deadline.signal,
          redirect: "manual",
        });
        return {
          kind: "response",
          status: answer.status,
          retryAfter: answer.headers.get("retry-after"),
          body: await answer.text(),
        };
      } catch (error) {
        const reason = error instanceof Error ? String(error.cause ?? error.message) : String(error);
        return {
          kind: "failed",
          reason: deadline.signal.aborted ? `no answer within ${timeoutMs} ms` : reason,
        };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
