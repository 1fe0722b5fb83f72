import { setTimeout as delay } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler, Next } from "hono";
import type { Services } from "../app";
import { workspaceOf } from "../credentials";
import { ApiError } from "../errors";
import type { FaultTarget } from "./fault-script";
import type { LiveFault } from "./live-fault";

/** Lets requests meet the faults of the script. A preflight never does: a browser would not show which it was. */
export function faultMiddleware({ faults, keys, tokens, options }: Services): MiddlewareHandler {
  return async (c, next) => {
    if (faults.isEmpty || c.req.method === "OPTIONS") return next();
    const met = faults.meet({
      on: targetOf(c.req.path),
      workspace: await workspaceOf(c.req.header("Authorization"), keys, tokens),
      bytes: Number(c.req.header("Content-Length") ?? 0),
    });
    if (met === undefined) return next();
    return misbehave(met, c, next, options.now());
  };
}

async function misbehave(met: LiveFault, c: Context, next: Next, now: number): Promise<Response | undefined> {
  const { fault } = met;
  if ("stored" in fault && fault.stored) await next();
  switch (fault.kind) {
    case "error":
      throw new ApiError(fault.status as 503, `A fault of the script: ${fault.status}.`);
    case "rate-limit":
      c.header("Retry-After", retryAfter(fault, now));
      throw new ApiError(429, `A fault of the script: rate limited for ${fault.seconds} s.`);
    case "too-large":
      throw new ApiError(413, `A fault of the script: the body is larger than ${fault.bytes} bytes.`);
    case "slow":
      await untilReleased(met, c, fault.ms);
      if (!fault.stored && !met.released.aborted) await next();
      return;
    case "hang":
      await untilReleased(met, c);
      return cut(c);
    case "accept-then-reset":
      await next();
      return cut(c);
    case "reset":
      return cut(c);
  }
}

function retryAfter({ form, seconds }: { form: "seconds" | "date"; seconds: number }, now: number): string {
  if (form === "seconds") return String(seconds);
  // A date has whole seconds: the next one up, lest the client come back too early.
  return new Date(Math.ceil(now / 1000 + seconds) * 1000).toUTCString();
}

/** Waits for the given time, or for ever: until the client leaves or the fault is removed. */
async function untilReleased(met: LiveFault, c: Context, ms?: number): Promise<void> {
  const left = new AbortController();
  const { incoming } = c.env as HttpBindings;
  incoming.socket.once("close", () => left.abort());
  const signal = AbortSignal.any([met.released, left.signal]);
  if (signal.aborted) return;
  const waiting = ms === undefined ? aborted(signal) : delay(ms, undefined, { signal });
  await waiting.catch(() => {});
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function cut(c: Context): Response {
  (c.env as HttpBindings).incoming.socket.resetAndDestroy();
  // Nobody will see it, but a handler must return something.
  return c.body(null, 503);
}

function targetOf(path: string): FaultTarget["on"] {
  if (path.startsWith("/api/ingestion")) return "ingestion";
  return path.startsWith("/api/auth/session") ? "session" : "other";
}
