import { batchBody, EMPTY_BODY_BYTES, MAX_BATCH_EVENTS } from "../batch";
import type { DeliveryErrorCode } from "../errors";
import type { DeliveryReport } from "../flush-barriers";
import type { Notice, RefusalReason } from "../notices";
import { classifyOutcome } from "../outcome";
import { BACKOFF_MAX_MS, backoffMs, pauseMs } from "../retry-policy";
import type { Kept } from "../shipment";
import { type Chunk, type ChunkQueue, eventsIn, type VisitorText } from "./chunk-queue";
import type { LightOptions, LightRuntime } from "./light-runtime";
import type { SessionToken } from "./session-token";

/** Tells the host what becomes of chunks that were sent together. */
export interface Teller {
  /** Posts a notice about a batch. */
  tell(type: Notice["type"], batch: readonly Chunk[], about?: object): void;
  /** Reports trouble with some of a batch's events. */
  complain(
    code: DeliveryErrorCode,
    events: number,
    problem: string,
    batch: readonly Chunk[],
    status?: number,
  ): void;
}

/** Takes chunks from the queue, one request at a time, and sees them through. */
export interface Sender {
  /** Looks what is to be sent now, and when to look again. */
  pump(): void;
  /** Sends at once what may leave while the page goes away: whoever has a token, as far as there is room. */
  leave(): void;
  /** Settles what is queued now, in one cycle of tries. */
  flush(): Promise<DeliveryReport>;
  /** Settles what is queued now, trying again until the time is up, and sends nothing afterwards. */
  drain(timeoutMs: number): Promise<DeliveryReport>;
  /** Says whether anything may be sent: a fresh start if so. */
  setActive(isActive: boolean): void;
}

/** How it goes with sending, or with the tokens of one visitor. */
interface Health {
  failures: number;
  /** When to try again, by the monotonic clock. */
  resumeAt: number;
}

const newHealth = (): Health => ({ failures: 0, resumeAt: 0 });

/** Somebody who waits for all chunks up to a sequence. */
interface Waiting {
  readonly sequence: number;
  refused: number;
  check(): void;
}

/** What may leave in one body while the page goes away: bodies are no larger at other times, as it may go then. */
const MAX_BODY_BYTES = 60_000;
/** More retries than a deadline leaves time for. */
const MANY = 1e6;
/** After a 413 the size of a body grows by this with each delivery: one chance refusal must not last for ever. */
const BATCH_BYTES_GROWTH = 1.1;

export function createSender(
  { batchSize, maxRetries, maxBatchBytes }: LightOptions,
  { now, wallNow, random, schedule, post, keepAliveRoom, isHidden, advice }: LightRuntime,
  { chunks, close, insert, remove }: ChunkQueue,
  token: SessionToken,
  { tell, complain }: Teller,
): Sender {
  const waiting = new Set<Waiting>();
  let isActive = true;
  let requests = 0;
  let batches = 0;
  let retries = maxRetries;
  let hasRenewed = false;
  let health = newHealth();
  /** Of visitors who get no token: the others need not wait. */
  let refusals: Record<VisitorText, Health> = {};
  let askedToWaitUntil = 0;
  const maxBodyBytes = Math.min(maxBatchBytes, MAX_BODY_BYTES);
  let batchBytes = maxBodyBytes;
  let cancelTimer = (): void => {};

  const pauseEndsAt = ({ visitor }: Chunk): number =>
    Math.max(askedToWaitUntil, health.resumeAt, refusals[visitor]?.resumeAt ?? 0);

  /** What goes with a chunk: those it was sent with before, or all that were not sent yet. */
  const batchOf = (first: Chunk, maxBytes: number): Chunk[] => {
    let bytes = EMPTY_BODY_BYTES;
    let events = 0;
    return [first, ...chunks].filter((chunk, index) => {
      const fits =
        index === 0 ||
        (chunk !== first &&
          !chunk.isUnderWay &&
          chunk.batch === first.batch &&
          chunk.visitor === first.visitor &&
          bytes + chunk.bytes <= maxBytes &&
          events + chunk.texts.length <= MAX_BATCH_EVENTS);
      if (fits) {
        bytes += chunk.bytes;
        events += chunk.texts.length;
      }
      return fits;
    });
  };

  const pump = (): void => {
    cancelTimer();
    // What is under way must not grow any more.
    close();
    if (isHidden()) leave();
    for (const { check } of waiting) check();
    if (!isActive || requests > 0) return;
    const time = now();
    const idle = [...chunks];
    const isFull = eventsIn(idle.filter(({ batch }) => !batch)) >= batchSize;
    const readyAt = (chunk: Chunk): number =>
      Math.max(pauseEndsAt(chunk), isFull && !chunk.batch ? 0 : chunk.dueAt);
    // What failed comes after what was not tried yet: it may be to blame itself.
    const [due] = idle.filter((chunk) => readyAt(chunk) <= time).sort((a, b) => a.tries - b.tries);
    // The token is asked for with the first event, and not at the last moment.
    const next = due ?? idle.find((chunk) => !chunk.batch && pauseEndsAt(chunk) <= time);
    if (next && !token.for(next.visitor)) void obtainToken(next);
    else if (due) void send(batchOf(due, batchBytes));
    else if (idle.length > 0) cancelTimer = schedule(pump, Math.min(...idle.map(readyAt)) - time);
  };

  const leave = (): void => {
    close();
    for (const chunk of chunks) {
      const room = Math.min(batchBytes, keepAliveRoom());
      const mayLeave =
        isActive && !chunk.isUnderWay && pauseEndsAt(chunk) <= now() && token.for(chunk.visitor);
      if (mayLeave && EMPTY_BODY_BYTES + chunk.bytes <= room) void send(batchOf(chunk, room));
    }
  };

  const obtainToken = async ({ visitor }: Chunk): Promise<void> => {
    requests++;
    const refusal = await token.obtain(visitor);
    requests--;
    if (refusal) {
      refusals[visitor] ??= newHealth();
      keep(
        [...chunks].filter((chunk) => chunk.visitor === visitor),
        refusal,
        refusals[visitor],
      );
    } else delete refusals[visitor];
    pump();
  };

  const keep = (
    batch: readonly Chunk[],
    verdict: Kept,
    about: Health,
    failuresBefore = about.failures,
  ): void => {
    const time = now();
    const isBlocked = verdict.kind === "blocked";
    const failures = Math.max(failuresBefore + 1, isBlocked ? retries + 1 : 0);
    const isOver = failures > retries;
    if (!isBlocked) askedToWaitUntil = Math.max(askedToWaitUntil, time + (verdict.retryAfterMs ?? 0));
    about.failures = failures;
    about.resumeAt = time + (isOver ? pauseMs(failures - retries, random()) : backoffMs(failures, random()));
    for (const chunk of batch) chunk.dueAt = time + backoffMs(++chunk.failures, random());
    const { reason, status } = verdict;
    const code = isBlocked ? verdict.code : "unavailable";
    const delayMs = Math.max(askedToWaitUntil, about.resumeAt) - time;
    tell("retrying", batch, { code, reason, status, delayMs });
    if (isOver) {
      const problem = `could not be delivered: ${reason}. They are kept; next try in ${Math.ceil(delayMs / 1000)} s. ${advice(code)}`;
      complain(code, eventsIn(batch), problem, batch, status);
    }
  };

  const refuse = (
    batch: readonly Chunk[],
    count: number,
    reason: RefusalReason,
    answer: string,
    status?: number,
  ): void => {
    const [{ sequence }] = batch as [Chunk];
    for (const each of waiting) if (sequence <= each.sequence) each.refused += count;
    tell("refused", batch, { reason, count });
    const code = reason === "too_large" ? reason : "rejected";
    complain(code, count, `refused by the server for good: ${answer}`, batch, status);
  };

  const send = async (taken: Chunk[]): Promise<void> => {
    const authorization = token.for((taken as [Chunk])[0].visitor) as string;
    const before = health;
    const { failures } = before;
    requests++;
    batches++;
    for (const chunk of taken) {
      chunk.isUnderWay = true;
      chunk.tries++;
      chunk.batch = batches;
    }
    tell("sent", taken);
    const body = batchBody(taken.flatMap((chunk) => chunk.texts));
    const outcome = await post("/api/ingestion/track/batch/", authorization, body);
    const verdict = classifyOutcome(outcome, wallNow());
    requests--;
    for (const chunk of taken) chunk.isUnderWay = false;
    // Without what was given up meanwhile: that has been told already.
    const batch = taken.filter((chunk) => chunks.has(chunk));
    const texts = batch.flatMap((chunk) => chunk.texts);
    const [first] = batch;
    const middle = batch.length >> 1;
    if (verdict.kind === "retry" || verdict.kind === "blocked") {
      if (verdict.status === 401) token.drop(authorization);
      if (verdict.status === 401 && !hasRenewed) {
        hasRenewed = true;
        for (const chunk of batch) chunk.dueAt = 0;
      } else keep(batch, verdict, before, failures);
    } else {
      health.failures = 0;
      hasRenewed = false;
      if (verdict.kind === "delivered") {
        batch.map(remove);
        batchBytes = Math.min(maxBodyBytes, batchBytes * BATCH_BYTES_GROWTH);
        const skipped = Math.min(verdict.skipped, texts.length);
        tell("delivered", batch, { count: texts.length - skipped });
        if (skipped > 0) refuse(batch, skipped, "skipped", "its validation skipped them");
      } else if (middle > 0) {
        if (verdict.code === "too_large") batchBytes = body.length / 2;
        batches += 2;
        batch.forEach((chunk, index) => {
          chunk.batch = batches - +(index < middle);
          chunk.dueAt = 0;
        });
      } else if (first) {
        remove(first);
        const half = texts.length >> 1;
        if (half > 0)
          for (const part of [texts.slice(0, half), texts.slice(half)])
            insert(part, first.visitor, { sequence: first.sequence, batch: ++batches });
        else refuse(batch, 1, verdict.code, verdict.reason, verdict.status);
      }
    }
    pump();
  };

  const flush = (): Promise<DeliveryReport> => {
    const sequence = close();
    const queued = eventsIn(chunks);
    setActive(isActive);
    return new Promise((resolve) => {
      const entry: Waiting = {
        sequence,
        refused: 0,
        check() {
          const left = [...chunks].filter((chunk) => chunk.sequence <= sequence);
          const isOver = left.every(
            ({ isUnderWay, visitor, failures }) =>
              !isUnderWay &&
              (askedToWaitUntil - now() > BACKOFF_MAX_MS ||
                Math.max(health.failures, refusals[visitor]?.failures ?? 0, failures) > retries),
          );
          if ((isActive && !isOver) || !waiting.delete(entry)) return;
          const pending = eventsIn(left);
          const refused = Math.min(entry.refused, queued - pending);
          resolve({ delivered: queued - pending - refused, refused, pending });
        },
      };
      waiting.add(entry);
      entry.check();
    });
  };

  const setActive = (value: boolean): void => {
    isActive = value;
    if (isActive) {
      health = newHealth();
      refusals = {};
      for (const chunk of chunks) chunk.dueAt = chunk.failures = 0;
    }
    pump();
  };

  return {
    pump,
    leave,
    flush,
    setActive,
    async drain(timeoutMs) {
      const end = schedule(() => setActive(false), timeoutMs);
      // Only the deadline ends it, or an answer that no retry will mend.
      retries = MANY;
      const report = await flush();
      end();
      setActive(false);
      return report;
    },
  };
}
