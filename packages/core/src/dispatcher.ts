import type { Attempt, AttemptInput } from "./attempt";
import type { Credentials } from "./credentials";
import type { Batch, EventQueue } from "./event-queue";
import { createFlushBarriers, type DeliveryReport } from "./flush-barriers";
import { textOf } from "./host-call";
import type { ResolvedOptions } from "./options";
import { classifyOutcome, type Verdict } from "./outcome";
import type { Cancel, Runtime } from "./runtime";
import { createServerHealth } from "./server-health";
import { type Conclude, createSettlement } from "./settlement";
import { newShipment, type Shipment, type ShipmentListener } from "./shipment";

/** Takes batches from the queue and sees them through: when to send, and when to try again. */
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
  /** How long the server wants to be left alone, in milliseconds. */
  readonly askedToWaitMs: number;
  readonly conclude: Conclude;
  /** The request that a batch is sent as. */
  toAttempt(batch: Batch, authorization: string): AttemptInput;
}

/** Requests under way at the same time: enough to hide one slow answer, too few to be a burden. */
const MAX_CONCURRENT_REQUESTS = 4;

export function createDispatcher(
  options: ResolvedOptions,
  { clock, entropy, scheduler }: Runtime,
  queue: EventQueue,
  credentials: Credentials,
  attempt: Attempt,
  listener: ShipmentListener,
): Dispatcher {
  const { batchSize, flushInterval, maxRetries } = options;
  const withIdempotencyKey = options.apiKey.startsWith("sk_");
  const inFlight = new Set<Shipment>();
  /** Came back, oldest first. */
  const waiting: Shipment[] = [];
  let isOnline = true;
  let isStopped = false;
  let drains = 0;
  /** When the open batch has waited long enough for company. */
  let intervalEndsAt: number | undefined;
  let pumpIsQueued = false;
  let cancelTimer: Cancel | undefined;

  const health = createServerHealth(options, clock, entropy, () => drains > 0);
  const barriers = createFlushBarriers(queue, {
    isUnderWay: (sequence) => [...inFlight].some(({ batch }) => batch.sequence <= sequence),
    isStillToTry: (sequence) =>
      queue.nextSequence <= sequence ||
      waiting.some(({ batch, tries }) => batch.sequence <= sequence && (drains > 0 || tries <= maxRetries)),
    isHopeless: (deadline) => isStopped || !isOnline || health.isHopeless(deadline),
  });
  const conclude = createSettlement(options, queue, barriers, listener);

  const takeFresh = (now: number): Batch | undefined => {
    const isDue =
      // A probe takes what there is: before a pause is over nothing comes here.
      health.isInDoubt ||
      (queue.openSize >= batchSize && inFlight.size === 0) ||
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
    let index = health.isInDoubt
      ? waiting.findIndex(({ tries }) => tries <= maxRetries)
      : waiting.findIndex(({ notBefore }) => notBefore <= now);
    if (index < 0) {
      // A probe that keeps failing may be the batch's own fault: another one is tried before it.
      const batch = takeFresh(now);
      if (batch) return newShipment(batch);
      if (health.isInDoubt)
        index = waiting.findIndex(({ tries }) => waiting.every((other) => tries <= other.tries));
    }
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };

  const mayStartRequest = (now: number): boolean =>
    isOnline &&
    !isStopped &&
    now >= health.askedToWaitUntil &&
    (health.isInDoubt
      ? inFlight.size === 0 && now >= health.resumeAt
      : inFlight.size < MAX_CONCURRENT_REQUESTS);

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

  const nextPumpAt = (): number | undefined => {
    // With all places taken the next answer pumps.
    if (!isOnline || isStopped || inFlight.size >= MAX_CONCURRENT_REQUESTS) return undefined;
    if (health.isInDoubt) return inFlight.size > 0 || waiting.length === 0 ? undefined : health.resumeAt;
    const times = waiting.map(({ notBefore }) => notBefore);
    if (intervalEndsAt !== undefined) times.push(intervalEndsAt);
    return times.length > 0 ? Math.min(...times) : undefined;
  };

  const setTimer = (now: number): void => {
    cancelTimer?.();
    const at = nextPumpAt();
    const delayMs = Math.max(0, (at ?? 0) - now, health.askedToWaitUntil - now);
    cancelTimer = at === undefined ? undefined : scheduler.schedule(pump, delayMs, barriers.anyWaiting());
  };

  const keep = (shipment: Shipment): void => {
    const younger = waiting.findIndex(({ batch }) => batch.sequence > shipment.batch.sequence);
    waiting.splice(younger < 0 ? waiting.length : younger, 0, shipment);
  };

  const send = async (shipment: Shipment): Promise<void> => {
    const failuresBefore = health.failures;
    inFlight.add(shipment);
    shipment.attempts++;
    shipment.tries++;
    let verdict: Verdict;
    try {
      verdict = await deliver(shipment);
    } catch (error) {
      verdict = { kind: "retry", reason: textOf(error) };
    }
    // Forgotten by stop(): its events have been given back already.
    if (!inFlight.delete(shipment)) return;
    const now = clock.monotonicNow();

    if (verdict.kind === "retry" || verdict.kind === "blocked") {
      health.failed(verdict, failuresBefore);
      shipment.notBefore = Math.max(health.resumeAt, now + health.delayAfter(shipment.tries));
      keep(shipment);
      listener.kept(shipment, verdict, health.resumeAt - now, health.isExhausted);
    } else {
      health.answered();
      // What failed before has come through: the server is back for the others too.
      if (shipment.attempts > 1) for (const other of waiting) other.notBefore = now;
      for (const half of conclude(shipment, verdict)) keep(half);
    }
    pump();
  };

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

  const toAttempt = (batch: Batch, authorization: string): AttemptInput => ({
    path: "/api/ingestion/track/batch/",
    authorization,
    content: batch,
    idempotencyKey: withIdempotencyKey ? batch.key : undefined,
    unloading: drains > 0,
  });

  const startAfresh = (): void => {
    health.startAfresh();
    for (const shipment of waiting) {
      shipment.tries = 0;
      shipment.notBefore = health.resumeAt;
    }
  };

  const settle = async (timeoutMs?: number): Promise<DeliveryReport> => {
    const deadline = timeoutMs === undefined ? undefined : clock.monotonicNow() + timeoutMs;
    const barrier = barriers.add(queue.seal(), deadline);
    const cancel = timeoutMs === undefined ? undefined : scheduler.schedule(barrier.release, timeoutMs, true);
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
        intervalEndsAt = now + flushInterval;
        setTimer(now);
      }
      const isWorthALook =
        (queue.openSize >= batchSize && inFlight.size === 0) || queue.nextSequence < Number.POSITIVE_INFINITY;
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

    setOnline(online) {
      isOnline = online;
      if (online) startAfresh();
      pump();
    },

    stop() {
      const withdrawn = [...inFlight, ...waiting].sort((a, b) => a.batch.sequence - b.batch.sequence);
      isStopped = true;
      inFlight.clear();
      waiting.length = 0;
      pump();
      return withdrawn;
    },

    get askedToWaitMs() {
      return Math.max(0, health.askedToWaitUntil - clock.monotonicNow());
    },
    conclude,
    toAttempt,
  };
}
