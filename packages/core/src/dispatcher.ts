import type { Attempt, AttemptInput } from "./attempt";
import { batchBody, EMPTY_BODY_BYTES } from "./batch";
import type { Credentials } from "./credentials";
import type { Batch, EventQueue } from "./event-queue";
import { createFlushBarriers, type DeliveryReport } from "./flush-barriers";
import type { ResolvedOptions } from "./options";
import { classifyOutcome, type Verdict } from "./outcome";
import { BACKOFF_MAX_MS, backoffMs, pauseMs } from "./retry-policy";
import type { Cancel, Runtime } from "./runtime";

/** A batch that was taken from the queue, and how it fares. */
export interface Shipment {
  readonly batch: Batch;
  /** How often it was sent. */
  attempts: number;
  /** How often it was sent since the sender last started afresh: more than `maxRetries` is given up for now. */
  tries: number;
  /** Not sent again before, by the monotonic clock. */
  notBefore: number;
}

type Kept = Extract<Verdict, { kind: "retry" | "blocked" }>;
type Refused = Extract<Verdict, { kind: "split" }>;
type Concluded = Exclude<Verdict, Kept>;

/** Told what becomes of shipments. */
export interface DispatchListener {
  sent(shipment: Shipment): void;
  delivered(shipment: Shipment, skipped: number): void;
  refused(shipment: Shipment, verdict: Refused): void;
  /** The batch stays in the queue. `exhausted`: the quick retries are used up, or would be in vain. */
  kept(shipment: Shipment, verdict: Kept, delayMs: number, exhausted: boolean): void;
}

/** Takes batches from the queue and sees them through: when to send, what an answer means, when to try again. */
export interface Dispatcher {
  /** An event has been added to the queue. */
  added(): void;
  /** Settles what is queued now, in one cycle of tries. */
  flush(): Promise<DeliveryReport>;
  /** Settles what is queued now, trying again and again until the time is up. */
  drain(timeoutMs: number): Promise<DeliveryReport>;
  /** Connectivity came or went. */
  setOnline(online: boolean): void;
  /** Sends nothing more and forgets what is under way. Gives back what it had taken, oldest first. */
  stop(): Shipment[];
  /** Books what came of a batch that is not to be sent again as it is. Returns the halves of one that is split. */
  conclude(shipment: Shipment, verdict: Concluded): Shipment[];
  /** The request that a batch is sent as. */
  toAttempt(batch: Batch, authorization: string): AttemptInput;
}

export function newShipment(batch: Batch): Shipment {
  return { batch, attempts: 0, tries: 0, notBefore: 0 };
}

/** Requests under way at the same time: enough to hide one slow answer, too few to be a burden. */
const MAX_CONCURRENT_REQUESTS = 4;
/** After a 413 the size of a body grows by this with each delivery: one chance refusal must not last for ever. */
const BATCH_BYTES_GROWTH = 1.02;
/** The longest delay between tries while somebody waits with a deadline, in milliseconds. */
export const DRAIN_BACKOFF_MAX_MS = 1_000;

export function createDispatcher(
  options: ResolvedOptions,
  { clock, entropy, scheduler }: Runtime,
  queue: EventQueue,
  credentials: Credentials,
  attempt: Attempt,
  listener: DispatchListener,
): Dispatcher {
  const inFlight = new Set<Shipment>();
  /** Came back, oldest first. */
  const waiting: Shipment[] = [];
  const withIdempotencyKey = options.apiKey.startsWith("sk_");

  /** After a failure one request at a time finds out whether the server is back. */
  let probing = false;
  /** Failures in a row since the sender last started afresh. */
  let failures = 0;
  /** The last answer was one that no retry will mend. */
  let blocked = false;
  let resumeAt = 0;
  /** What the server asked for by Retry-After: holds whatever else happens. */
  let askedToWaitUntil = 0;
  /** Bodies are sealed up to this size: less than allowed after a 413. */
  let batchBytes = options.maxBatchBytes;
  let online = true;
  let stopped = false;
  let drains = 0;
  /** When the open batch has waited long enough for company. */
  let intervalEndsAt: number | undefined;
  let pumpIsQueued = false;
  let cancelTimer: Cancel | undefined;

  const barriers = createFlushBarriers(queue, {
    isUnderWay: (sequence) => [...inFlight].some(({ batch }) => batch.sequence <= sequence),
    isStillToTry: (sequence) =>
      queue.nextSequence <= sequence ||
      waiting.some(
        ({ batch, tries }) => batch.sequence <= sequence && (drains > 0 || tries <= options.maxRetries),
      ),
    isHopeless: (deadline) =>
      stopped ||
      !online ||
      blocked ||
      (deadline === undefined
        ? failures > options.maxRetries || askedToWaitUntil - clock.monotonicNow() > BACKOFF_MAX_MS
        : resumeAt > deadline),
  });

  const takeFresh = (now: number): Batch | undefined => {
    const isDue =
      probing ||
      (queue.openSize >= options.batchSize && inFlight.size === 0) ||
      (intervalEndsAt ?? now + 1) <= now;
    let batch = queue.take();
    if (!batch && isDue) {
      queue.seal();
      batch = queue.take();
    }
    if (queue.openSize === 0) intervalEndsAt = undefined;
    return batch;
  };

  const next = (now: number): Shipment | undefined => {
    let index = probing
      ? waiting.findIndex(({ tries }) => tries <= options.maxRetries)
      : waiting.findIndex(({ notBefore }) => notBefore <= now);
    if (index < 0) {
      // A probe that keeps failing may be the batch's own fault: another one is tried before it.
      const batch = takeFresh(now);
      if (batch) return newShipment(batch);
      if (probing) index = waiting.findIndex(({ tries }) => waiting.every((other) => tries <= other.tries));
    }
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };

  const mayStartRequest = (now: number): boolean =>
    online &&
    !stopped &&
    now >= askedToWaitUntil &&
    (probing ? inFlight.size === 0 && now >= resumeAt : inFlight.size < MAX_CONCURRENT_REQUESTS);

  const pump = (): void => {
    const now = clock.monotonicNow();
    while (mayStartRequest(now)) {
      const shipment = next(now);
      if (!shipment) break;
      void send(shipment);
    }
    barriers.check();
    setTimer(now);
  };

  const setTimer = (now: number): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    if (!online || stopped) return;
    let at = probing ? (inFlight.size > 0 || waiting.length === 0 ? undefined : resumeAt) : intervalEndsAt;
    if (!probing) for (const { notBefore } of waiting) at = Math.min(at ?? notBefore, notBefore);
    if (at === undefined) return;
    const delayMs = Math.max(0, at - now, askedToWaitUntil - now);
    cancelTimer = scheduler.schedule(pump, delayMs, barriers.anyWaiting());
  };

  const keep = (shipment: Shipment): void => {
    const older = waiting.findIndex(({ batch }) => batch.sequence > shipment.batch.sequence);
    waiting.splice(older < 0 ? waiting.length : older, 0, shipment);
  };

  const send = async (shipment: Shipment): Promise<void> => {
    const failuresBefore = failures;
    inFlight.add(shipment);
    shipment.attempts++;
    shipment.tries++;
    let verdict: Verdict;
    try {
      verdict = await deliver(shipment);
    } catch (error) {
      verdict = { kind: "retry", reason: String(error) };
    }
    // Forgotten by stop(): its events have been given back already.
    if (!inFlight.delete(shipment)) return;
    const now = clock.monotonicNow();

    if (verdict.kind === "retry" || verdict.kind === "blocked") {
      probing = true;
      blocked = verdict.kind === "blocked";
      // Requests that were under way together and fail together are one failure.
      failures = Math.max(failures, failuresBefore + 1, blocked ? options.maxRetries + 1 : 0);
      const delayMs = delayAfter(failures);
      const retryAfterMs = (verdict.kind === "retry" && verdict.retryAfterMs) || 0;
      askedToWaitUntil = Math.max(askedToWaitUntil, now + retryAfterMs);
      resumeAt = now + Math.max(delayMs, retryAfterMs);
      shipment.notBefore = Math.max(resumeAt, now + delayAfter(shipment.tries));
      keep(shipment);
      listener.kept(shipment, verdict, resumeAt - now, failures > options.maxRetries);
    } else {
      probing = false;
      blocked = false;
      failures = 0;
      // What failed before has come through: the server is back for the others too.
      if (shipment.attempts > 1) for (const other of waiting) other.notBefore = now;
      for (const half of conclude(shipment, verdict)) keep(half);
    }
    pump();
  };

  const limitBatches = (bytes: number): void => {
    batchBytes = Math.min(options.maxBatchBytes, bytes);
    queue.limitBatchBytes(batchBytes);
  };

  const conclude = (shipment: Shipment, verdict: Concluded): Shipment[] => {
    const { batch } = shipment;
    const events = batch.texts.length;
    if (verdict.kind === "split" && events > 1) {
      if (verdict.code === "too_large") limitBatches((batch.bytes + EMPTY_BODY_BYTES) >> 1);
      return queue.split(batch).map(newShipment);
    }
    queue.settle(batch);
    if (verdict.kind === "split") {
      barriers.settled(batch.sequence, 0, events);
      listener.refused(shipment, verdict);
    } else {
      const skipped = Math.min(verdict.skipped, events);
      barriers.settled(batch.sequence, events - skipped, skipped);
      listener.delivered(shipment, skipped);
      if (batchBytes < options.maxBatchBytes) limitBatches(Math.ceil(batchBytes * BATCH_BYTES_GROWTH));
    }
    return [];
  };

  const toAttempt = (batch: Batch, authorization: string): AttemptInput => ({
    path: "/api/ingestion/track/batch/",
    authorization,
    body: batchBody(batch.texts),
    idempotencyKey: withIdempotencyKey ? batch.key : undefined,
    unloading: drains > 0,
  });

  /** One attempt, with one fresh token where the old one is refused. */
  const deliver = async (shipment: Shipment, mayRenew = true): Promise<Verdict> => {
    const { batch } = shipment;
    const authorization = credentials.ready(batch.visitor) ?? (await credentials.obtain(batch.visitor));
    if (typeof authorization !== "string") return authorization;
    if (mayRenew) listener.sent(shipment);
    const outcome = await attempt(toAttempt(batch, authorization));
    const verdict = classifyOutcome(outcome, clock.now());
    const isUnauthorized = verdict.kind === "blocked" && verdict.status === 401;
    return isUnauthorized && mayRenew && credentials.renew(authorization)
      ? deliver(shipment, false)
      : verdict;
  };

  const delayAfter = (failed: number): number => {
    const random = entropy.random();
    if (drains > 0) return Math.min(DRAIN_BACKOFF_MAX_MS, backoffMs(failed, random));
    return failed > options.maxRetries
      ? pauseMs(failed - options.maxRetries, random)
      : backoffMs(failed, random);
  };

  /** Starts a new cycle of tries at once, or when the server allows it. */
  const startAfresh = (): void => {
    failures = 0;
    blocked = false;
    resumeAt = askedToWaitUntil;
    for (const shipment of waiting) {
      shipment.tries = 0;
      shipment.notBefore = resumeAt;
    }
  };

  const settle = async (timeoutMs?: number): Promise<DeliveryReport> => {
    const now = clock.monotonicNow();
    const barrier = barriers.add(queue.seal(), timeoutMs === undefined ? undefined : now + timeoutMs);
    const cancel =
      timeoutMs === undefined ? undefined : scheduler.schedule(() => barrier.release(), timeoutMs, true);
    startAfresh();
    pump();
    const report = await barrier.report;
    cancel?.();
    // The timer need not keep the process alive for this one any more.
    setTimer(clock.monotonicNow());
    return report;
  };

  return {
    added() {
      if (intervalEndsAt === undefined) {
        const now = clock.monotonicNow();
        intervalEndsAt = now + options.flushInterval;
        setTimer(now);
      }
      const isWorthALook =
        (queue.openSize >= options.batchSize && inFlight.size === 0) ||
        queue.nextSequence < Number.POSITIVE_INFINITY;
      if (isWorthALook && !pumpIsQueued) {
        // Not at once: the events of one turn leave together.
        pumpIsQueued = true;
        void Promise.resolve().then(() => {
          pumpIsQueued = false;
          pump();
        });
      }
    },

    flush: () => settle(),

    async drain(timeoutMs) {
      drains++;
      const report = await settle(timeoutMs);
      drains--;
      return report;
    },

    setOnline(isOnline) {
      online = isOnline;
      if (online) startAfresh();
      pump();
    },

    stop() {
      const withdrawn = [...inFlight, ...waiting].sort((a, b) => a.batch.sequence - b.batch.sequence);
      stopped = true;
      cancelTimer?.();
      inFlight.clear();
      waiting.length = 0;
      barriers.check();
      return withdrawn;
    },

    conclude,
    toAttempt,
  };
}
