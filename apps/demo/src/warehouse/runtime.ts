import { randomBytes } from "node:crypto";
import type { Runtime } from "@segops/core";

/** All that `@segops/core` needs of a place: here a worker thread, with nothing but `fetch`. */
export const warehouseRuntime: Runtime = {
  clock: { now: () => Date.now(), monotonicNow: () => performance.now() },
  entropy: { random: Math.random, bytes: (length) => new Uint8Array(randomBytes(length)) },
  scheduler: {
    schedule(task, delayMs, keepAlive) {
      const timer = setTimeout(task, delayMs);
      if (!keepAlive) timer.unref();
      return () => clearTimeout(timer);
    },
  },
  transport: {
    async post({ url, headers, body, timeoutMs }) {
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const answer = await fetch(url, { method: "POST", headers, body, signal });
        const retryAfter = answer.headers.get("retry-after");
        return { kind: "response", status: answer.status, retryAfter, body: await answer.text() };
      } catch (error) {
        return { kind: "failed", reason: String(error) };
      }
    },
  },
  // The shop says when it ends.
  lifecycle: { subscribe: () => () => {} },
  logger: console,
};
