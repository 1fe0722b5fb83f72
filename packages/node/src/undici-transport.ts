import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { HttpOutcome, Transport } from "@segops/core";
import type { Pool } from "undici";
import { loadPool } from "./undici-pool";

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
  // Loaded with the first request: most of the time that importing this package took was this.
  let pool: Promise<Pool> | undefined;
  const openPool = async (): Promise<Pool> => {
    const Pool = await loadPool();
    return new Pool(new URL(apiUrl).origin, { connections: MAX_CONNECTIONS });
  };

  return {
    async post(request): Promise<HttpOutcome> {
      const { url, headers, timeoutMs } = request;
      const body = request.utf8Body ?? request.body;
      try {
        pool ??= openPool();
        const isCompressed = compress && Buffer.byteLength(body) >= COMPRESS_FROM_BYTES;
        return await exchange(await pool, timeoutMs, {
          path: new URL(url).pathname,
          headers: isCompressed ? { ...headers, "content-encoding": "gzip" } : headers,
          body: isCompressed ? await compressed(body) : body,
        });
      } catch (error) {
        return { kind: "failed", reason: reasonOf(error) };
      }
    },

    close: async () => (await pool)?.destroy(),
  };
}

/**
 * One request and its answer under one deadline. By dispatch and not by request(): its streams and abort signals took
 * a third of a request's time.
 */
function exchange(
  pool: Pool,
  timeoutMs: number,
  request: {
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: string | Uint8Array;
  },
): Promise<HttpOutcome> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let status = 0;
    let retryAfter: string | undefined;
    let isLate = false;
    let abort = (): void => {};
    const deadline = setTimeout(() => {
      isLate = true;
      reject(new Error(`no answer within ${timeoutMs} ms`));
      abort();
    }, timeoutMs);

    pool.dispatch(
      // The one deadline above covers headers and body.
      { method: "POST", ...request, headersTimeout: 0, bodyTimeout: 0 },
      {
        onConnect(abortRequest) {
          abort = abortRequest;
          // It waited for a connection until its time was up.
          if (isLate) abort();
        },
        onHeaders(statusCode, rawHeaders) {
          status = statusCode;
          const index = rawHeaders.findIndex((name) => String(name).toLowerCase() === "retry-after");
          if (index >= 0) retryAfter = String(rawHeaders[index + 1]);
          return true;
        },
        // Read to its end, so that the connection can be used again.
        onData(chunk) {
          if (bytes < MAX_ANSWER_BYTES) chunks.push(chunk);
          bytes += chunk.length;
          return true;
        },
        onComplete() {
          clearTimeout(deadline);
          const body = Buffer.concat(chunks).toString("utf8", 0, MAX_ANSWER_BYTES);
          resolve({ kind: "response", status, retryAfter, body });
        },
        onError(error) {
          clearTimeout(deadline);
          reject(error);
        },
      },
    );
  });
}

/** An error that wraps several, as for a host with two addresses, has no message of its own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
