import type { QueueFactory } from "./event-queue";
import type { RuntimeDefaults } from "./options";

/** Takes back a subscription or a scheduled task. Calling it twice does no harm. */
export type Cancel = () => void;

/** Tells the time. The two readings differ: only `now` jumps when somebody sets the clock. */
export interface Clock {
  /** Milliseconds since 1970 by the wall clock: the time an event is stamped with. */
  now(): number;
  /** Milliseconds from any fixed point, never going back: what delays are measured with. */
  monotonicNow(): number;
}

/** Randomness: for the jitter of retries, and for ids. */
export interface Entropy {
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  /** That many random bytes. */
  bytes(length: number): Uint8Array;
}

/** Runs a task once, later. */
export interface Scheduler {
  /**
   * @param delayMs Milliseconds from now, at most 2,147,483,647.
   * @param keepAlive Whether the host process has to stay alive for it: true only while the host itself
   *   waits for a flush or a shutdown.
   */
  schedule(task: () => void, delayMs: number, keepAlive: boolean): Cancel;
}

/** One POST of JSON. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as bytes, where the runtime lends `utf8`: `body` is made from it when it is read. */
  readonly utf8Body?: Uint8Array | undefined;
  /** The deadline for everything: connecting, sending, and reading the answer to its end. */
  readonly timeoutMs: number;
  /** The page or process is about to go away: the request should outlive it where that is possible. */
  readonly unloading: boolean;
}

/** What came of one attempt. */
export type HttpOutcome =
  | {
      readonly kind: "response";
      readonly status: number;
      /** The `Retry-After` header as it came. */
      readonly retryAfter?: string | null | undefined;
      readonly body: string;
    }
  | {
      /** No answer: a network error or a time-out. */
      readonly kind: "failed";
      readonly reason: string;
    };

/** Carries a request to the server: one attempt, always an answer, never a throw. Retrying is the core's. */
export interface Transport {
  post(request: HttpRequest): Promise<HttpOutcome>;
  /** Gives up what is under way and lets go of connections. */
  close?(): void | Promise<void>;
}

/**
 * What happens to the host:
 * - `online`, `offline`: connectivity came or went;
 * - `suspend`: the page or process may be about to end: everything queued should leave now.
 */
export type LifecycleSignal = "online" | "offline" | "suspend";

/** Tells the client what happens to its host. */
export interface Lifecycle {
  subscribe(listener: (signal: LifecycleSignal) => void): Cancel;
}

/** Where lines for the developer go. */
export interface Logger {
  debug(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Text to bytes and back. */
export interface Utf8 {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

/** Everything the engine borrows from where it runs. */
export interface Runtime {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly scheduler: Scheduler;
  readonly transport: Transport;
  readonly lifecycle: Lifecycle;
  /** Used where the host gave no logger of its own: at most one line a minute for each kind of trouble. */
  readonly logger: Logger;
  /** With it events wait as bytes, and a transport may send `utf8Body`. Default: they wait as text. */
  readonly utf8?: Utf8;
  /** The wall clock's time as ISO 8601 text. Default: formatted anew for each event. */
  readonly timestamp?: () => string;
  /** Where undelivered events wait. Default: a bounded queue in memory. */
  readonly createQueue?: QueueFactory;
  /** Defaults that fit this runtime better. */
  readonly defaults?: RuntimeDefaults;
}
