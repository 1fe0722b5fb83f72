import type { MiddlewareHandler } from "hono";
import type { Services } from "./app";
import { workspaceOf } from "./credentials";
import { ApiError } from "./errors";

const WINDOW_MS = 60_000;
/** Callers that nobody knows share one allowance, so that guessing keys is slow too. */
const UNKNOWN = "";

/** Counts calls per minute. A minute begins with its first call. */
class RateLimiter {
  readonly #callsPerMinute: number;
  readonly #windows = new Map<string, { startedAt: number; calls: number }>();

  constructor(callsPerMinute: number) {
    this.#callsPerMinute = callsPerMinute;
  }

  /** Counts a call. Returns 0, or after how many seconds the caller may come again. */
  call(caller: string, now: number): number {
    let window = this.#windows.get(caller);
    if (window === undefined || now - window.startedAt >= WINDOW_MS || now < window.startedAt) {
      window = { startedAt: now, calls: 0 };
      this.#windows.set(caller, window);
    }
    window.calls += 1;
    if (window.calls <= this.#callsPerMinute) return 0;
    return Math.ceil((window.startedAt + WINDOW_MS - now) / 1000);
  }
}

/** Answers 429 when a workspace makes more calls in a minute than it may. Preflights are free. */
export function rateLimit({ options, keys, tokens }: Services): MiddlewareHandler {
  const { callsPerMinute } = options;
  const limiter = new RateLimiter(callsPerMinute);
  return async (c, next) => {
    if (callsPerMinute === 0 || c.req.method === "OPTIONS") return next();
    const workspace = await workspaceOf(c.req.header("Authorization"), keys, tokens);
    const waitSeconds = limiter.call(workspace ?? UNKNOWN, options.now());
    if (waitSeconds === 0) return next();
    c.header("Retry-After", String(waitSeconds));
    throw new ApiError(
      429,
      `More than ${callsPerMinute} calls in a minute. Try again in ${waitSeconds} s, with fewer and fuller requests.`,
    );
  };
}
