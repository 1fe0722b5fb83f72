import { batchBody, EMPTY_BODY_BYTES } from "../batch";
import type { DeliveryErrorCode } from "../errors";
import type { DeliveryReport } from "../flush-barriers";
import { mintToken } from "../mint-token";
import type { Notice } from "../notices";
import { classifyOutcome } from "../outcome";
import { BACKOFF_MAX_MS, backoffMs, pauseMs } from "../retry-policy";
import type { Concluded, Kept } from "../shipment";
import { type Batch, type BatchQueue, join, type Lane } from "./batch-queue";
import type { LightOptions, LightRuntime } from "./light-runtime";

/** Tells the host what becomes of batches. */
export interface Teller {
  /** Posts a notice about a batch. */
  tell(type: Notice["type"], batch: Batch, about?: object): void;
  /** Reports trouble with events. */
  complain(
    code: DeliveryErrorCode,
    events: number,
    problem: string,
    attempts?: number,
    status?: number,
  ): void;
}

/** Takes batches from the queue and sees them through, one request at a time but for a page that goes away. */
export interface Sender {
  /** Looks at what is to be sent now, and when to look again. */
  pump(): void;
  /** Sends at once what may leave while the page goes away: whoever has a token, as far as there is room. */
  leave(): void;
  /** Settles what is queued now, in one cycle of tries. */
  flush(): Promise<DeliveryReport>;
  /** Settles what is queued now, trying again until the time is up, and sends nothing afterwards. */
  drain(timeoutMs: number): Promise<DeliveryReport>;
  /** Says whether anything may be sent: a fresh start if so. */
  setActive(isActive: boolean): void;
  /** Asks for a visitor's token. Answers why there is none. */
  mint(lane: Lane): Promise<Kept | undefined>;
  /** Uses no token any more that is at hand. */
  dropTokens(): void;
}

/** Somebody who waits for all batches of the time of a flush. */
interface Waiting {
  readonly flushes: number;
  readonly report: { -readonly [Count in keyof DeliveryReport]: number };
  resolve(report: DeliveryReport): void;
}

/**
 * What may be under way while the page goes away: the limit of the Fetch standard is 64 KiB for all such bodies, headers
 * not counted. Bodies are no larger at other times, as it may go then.
 */
export const MAX_BODY_BYTES = 60_000;
/** More retries than a deadline leaves time for. */
const UNLIMITED_RETRIES = 1e6;
/** After a 413 the size of a body grows by this with each delivery: one chance refusal must not last for ever. */
const BODY_BYTES_GROWTH = 1.1;

export function createSender(
  options: LightOptions,
  runtime: LightRuntime,
  queue: BatchQueue,
  { tell, complain }: Teller,
): Sender {
  const { now, random } = runtime;
  const { batches, lanes, close } = queue;
  /** How much earlier than the interval says what is urgent leaves. */
  const haste = Math.max(0, options.flushInterval - runtime.patienceMs);
  const waiting = new Set<Waiting>();
  let retries = options.maxRetries;
  let bodyBytes = Math.min(options.maxBatchBytes, MAX_BODY_BYTES);
  let isActive = true;
  let requests = 0;
  let askedToWaitUntil = 0;
  let cancelTimer = (): void => {};

  const pauseEndsAt = ({ lane }: Batch): number => Math.max(askedToWaitUntil, lane.dueAt);

  const pump = (): void => {
    cancelTimer();
    close();
    if (runtime.isHidden()) leave();
    letGo();
    if (!isActive || requests > 0) return;
    const time = now();
    const isFull = queue.size() >= options.batchSize;
    const readyAt = (batch: Batch): number =>
      // The token is asked for with the first event, and not at the last moment.
      Math.max(
        time,
        pauseEndsAt(batch),
        batch.dueAt - (time >= batch.lane.freshUntil || (isFull && !batch.attempt) ? haste : 0),
      );
    let next: Batch | undefined;
    // What failed comes after what was not tried yet: it may be to blame itself.
    for (const batch of batches)
      if (!next || (readyAt(batch) - readyAt(next) || batch.attempt - next.attempt) < 0) next = batch;
    if (!next) return;
    const delayMs = readyAt(next) - time;
    if (delayMs > 0) cancelTimer = runtime.schedule(pump, delayMs);
    else if (time < next.lane.freshUntil) void send(next, bodyBytes);
    else void authorise(next.lane);
  };

  const leave = (): void => {
    close();
    for (const batch of batches) {
      const room = Math.min(bodyBytes, runtime.room());
      const mayLeave =
        isActive && !batch.isUnderWay && now() < batch.lane.freshUntil && pauseEndsAt(batch) <= now();
      if (mayLeave && EMPTY_BODY_BYTES + batch.bytes <= room) void send(batch, room);
    }
  };

  const authorise = async (lane: Lane): Promise<void> => {
    requests++;
    const refusal = await sender.mint(lane);
    requests--;
    if (refusal)
      keep(
        [...batches].filter((batch) => batch.lane === lane),
        lane,
        refusal,
      );
    pump();
  };

  const send = async (batch: Batch, maxBytes: number): Promise<void> => {
    const { lane, events } = batch;
    const { header = "", failures } = lane;
    if (!batch.attempt++) join(batches, batch, maxBytes);
    batch.isUnderWay = true;
    requests++;
    tell("sent", batch);
    const verdict = classifyOutcome(
      await runtime.post("/api/ingestion/track/batch/", header, batchBody(events)),
      runtime.wallNow(),
    );
    requests--;
    batch.isUnderWay = false;
    if (verdict.kind === "retry" || verdict.kind === "blocked") {
      const isStale = verdict.status === 401;
      if (isStale && lane.header === header) lane.freshUntil = 0;
      if (isStale && !lane.isRenewed) {
        batch.dueAt = 0;
        lane.isRenewed = true;
      } else keep(batches.has(batch) ? [batch] : [], lane, verdict, failures);
    } else {
      lane.failures = 0;
      lane.isRenewed = false;
      // What was given up meanwhile has been told already.
      if (batches.delete(batch)) conclude(batch, verdict);
    }
    pump();
  };

  const conclude = (batch: Batch, verdict: Concluded): void => {
    const { lane, events, attempt, flushes } = batch;
    const { length } = events;
    const { kind, skipped, code, reason, status } = {
      skipped: 1,
      code: "skipped" as const,
      reason: "its validation skipped them",
      status: undefined,
      ...verdict,
    };
    const half = kind === "split" ? length >> 1 : 0;
    if (half) {
      if (code === "too_large") bodyBytes = batch.bytes / 2;
      queue.insert(events.splice(0, half), lane.visitor, { flushes, attempt });
      queue.insert(events, lane.visitor, { flushes, attempt });
    } else {
      const refused = Math.min(skipped, length);
      const delivered = length - refused;
      bodyBytes = Math.min(options.maxBatchBytes, MAX_BODY_BYTES, bodyBytes * BODY_BYTES_GROWTH);
      for (const { report, flushes: upTo } of waiting)
        if (flushes <= upTo) {
          report.delivered += delivered;
          report.refused += refused;
          report.pending -= length;
        }
      if (delivered) tell("delivered", batch, { count: delivered });
      if (refused) {
        tell("refused", batch, { reason: code, count: refused });
        const problem = `refused by the server for good: ${reason}`;
        complain(code === "skipped" ? "rejected" : code, refused, problem, attempt, status);
      }
    }
    runtime.unstore(batch);
  };

  const keep = (kept: readonly Batch[], lane: Lane, verdict: Kept, failures = lane.failures): void => {
    const time = now();
    const {
      kind,
      reason,
      status,
      code = "unavailable",
      retryAfterMs = 0,
    } = verdict as Kept & { code?: DeliveryErrorCode; retryAfterMs?: number };
    lane.failures = Math.max(failures + 1, kind === "blocked" ? retries + 1 : 0);
    const pauses = lane.failures - retries;
    lane.dueAt = time + (pauses > 0 ? pauseMs(pauses, random()) : backoffMs(lane.failures, random()));
    askedToWaitUntil = Math.max(askedToWaitUntil, time + retryAfterMs);
    const delayMs = Math.max(askedToWaitUntil, lane.dueAt) - time;
    let events = 0;
    for (const batch of kept) {
      events += batch.events.length;
      batch.dueAt = time + backoffMs(++batch.failures, random());
      tell("retrying", batch, { code, reason, status, delayMs });
    }
    const problem = `could not be delivered: ${reason}. They are kept; next try in ${Math.ceil(delayMs / 1000)} s. ${runtime.advice(code)}`;
    if (pauses > 0) complain(code, events, problem, kept[0]?.attempt, status);
  };

  const setActive = (value: boolean): void => {
    isActive = value;
    if (isActive) for (const each of [...Object.values(lanes), ...batches]) each.failures = each.dueAt = 0;
    pump();
  };

  /** Lets those go who have nothing more to wait for. */
  const letGo = (): void => {
    for (const entry of waiting) {
      const isOver = [...batches].every(
        ({ flushes, isUnderWay, lane, failures }) =>
          flushes > entry.flushes ||
          (!isUnderWay &&
            (askedToWaitUntil > now() + BACKOFF_MAX_MS || Math.max(lane.failures, failures) > retries)),
      );
      if (isActive && !isOver) continue;
      waiting.delete(entry);
      entry.resolve(entry.report);
    }
  };

  const sender: Sender = {
    pump,
    leave,
    flush: () =>
      new Promise((resolve) => {
        close();
        waiting.add({
          flushes: queue.flushes++,
          report: { delivered: 0, refused: 0, pending: queue.size() },
          resolve,
        });
        setActive(isActive);
      }),
    setActive,
    async drain(timeoutMs) {
      const end = runtime.schedule(() => setActive(false), timeoutMs);
      // Only the deadline ends it, or an answer that no retry will mend.
      retries = UNLIMITED_RETRIES;
      const report = await sender.flush();
      end();
      setActive(false);
      return report;
    },
    async mint(lane) {
      const minted = await mintToken(options, runtime, JSON.parse(lane.visitor));
      if ("kind" in minted) return minted;
      Object.assign(lane, minted);
      return undefined;
    },
    dropTokens() {
      for (const lane of Object.values(lanes)) lane.freshUntil = 0;
    },
  };
  return sender;
}
