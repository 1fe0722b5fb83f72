import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { HttpOutcome, Transport } from "@segops/core";
import type { Pool } from "undici";

/** Bodies below this are not worth compressing, in bytes (SegOps contract, section 7). */
const COMPRESS_FROM_BYTES = 1_000;
/** What is kept of an answer: enough for any receipt or error, little enough for any proxy's page. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** The engine has four batches under way at most, and may ask for a session token beside them. */
const MAX_CONNECTIONS = 5;

const compressed = promisify(gzip);

/** Sends one request over kept-alive connections to one server: one attempt, always an answer. */
export function createUndiciTransport({
  apiUrl,
  compress = false,
}: {
  readonly apiUrl: string;
  readonly compress?: boolean | undefined;
}): Transport {
  // Loaded with the first request: most of the time that importing this package took was undici's.
  let pool: Promise<Pool> | undefined;
  const openPool = async (): Promise<Pool> => {
    const { Pool } = await import("undici");
    return new Pool(new URL(apiUrl).origin, { connections: MAX_CONNECTIONS });
  };

  return {
    async post({ url, headers, body, timeoutMs }): Promise<HttpOutcome> {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), timeoutMs);
      try {
        pool ??= openPool();
        const isCompressed = compress && Buffer.byteLength(body) >= COMPRESS_FROM_BYTES;
        const answer = await (await pool).request({
          method: "POST",
          path: new URL(url).pathname,
          headers: isCompressed ? { ...headers, "content-encoding": "gzip" } : headers,
          body: isCompressed ? await compressed(body) : body,
          signal: deadline.signal,
          // The one deadline above covers them all.
          headersTimeout: 0,
          bodyTimeout: 0,
        });
        const retryAfter = answer.headers["retry-after"];
        return {
          kind: "response",
          status: answer.statusCode,
          retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
          body: await readToEnd(answer.body),
        };
      } catch (error) {
        const reason = deadline.signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
        return { kind: "failed", reason };
      } finally {
        clearTimeout(timer);
      }
    },

    close: async () => (await pool)?.destroy(),
  };
}

/** Reads an answer to its end, so that the connection can be used again, and keeps the beginning. */
async function readToEnd(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    if (bytes < MAX_ANSWER_BYTES) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks).toString("utf8", 0, MAX_ANSWER_BYTES);
}

/** An error that wraps several, as for a host with two addresses, has no message of its own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
