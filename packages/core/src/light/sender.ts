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
  /** All events that were refused so far. */
  refusedSoFar(): number;
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

/** What may leave in one body while the page goes away: bodies are no larger at other times, as it may go then. */
const MAX_BODY_BYTES = 60_000;
/** After a 413 the size of a body grows by this with each delivery: one chance refusal must not last for ever. */
const BATCH_BYTES_GROWTH = 1.1;

export function createSender(
  { batchSize, maxRetries, maxBatchBytes }: LightOptions,
  { now, wallNow, random, schedule, post, keepAliveRoom, isHidden, advice }: LightRuntime,
  { chunks, close, insert, remove }: ChunkQueue,
  token: SessionToken,
  { tell, complain, refusedSoFar }: Teller,
): Sender {
  const waiting = new Set<() => void>();
  let isActive = true;
  let requests = 0;
  let batches = 0;
  let failures = 0;
  let hasRenewed = false;
  let resumeAt = 0;
  let askedToWaitUntil = 0;
  /** Whose token the server refuses: the others need not wait. */
  let refusedVisitor: VisitorText | undefined;
  const maxBodyBytes = Math.min(maxBatchBytes, MAX_BODY_BYTES);
  let batchBytes = maxBodyBytes;
  let cancelTimer = (): void => {};

  const pauseEndsAt = ({ visitor }: Chunk): number =>
    refusedVisitor && refusedVisitor !== visitor ? askedToWaitUntil : resumeAt;

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
    for (const check of waiting) check();
    if (!isActive || requests > 0) return;
    const idle = [...chunks];
    const isFull = eventsIn(idle.filter(({ batch }) => !batch)) >= batchSize;
    const readyAt = (chunk: Chunk): number =>
      Math.max(
        pauseEndsAt(chunk),
        // The token is asked for with the first event, and not at the last moment.
        !chunk.batch && (isFull || !token.for(chunk.visitor)) ? 0 : chunk.dueAt,
      );
    // What failed comes after what was not tried yet: it may be to blame itself.
    const [first] = idle.filter((chunk) => readyAt(chunk) <= now()).sort((a, b) => a.tries - b.tries);
    if (first) void (token.for(first.visitor) ? send(batchOf(first, batchBytes)) : obtainToken(first));
    else if (idle.length > 0) cancelTimer = schedule(pump, Math.min(...idle.map(readyAt)) - now());
  };

  const leave = (): void => {
    close();
    for (const chunk of chunks) {
      const room = Math.min(batchBytes, keepAliveRoom());
      const mayLeave =
        isActive && !chunk.isUnderWay && pauseEndsAt(chunk) <= now() && token.for(chunk.visitor);
      if (mayLeave && EMPTY_BODY_BYTES + chunk.bytes <= room) void send(batchOf(chunk, room), true);
    }
  };

  const obtainToken = async ({ visitor }: Chunk): Promise<void> => {
    requests++;
    const refusal = await token.obtain(visitor);
    requests--;
    if (refusal) {
      refusedVisitor = refusal.kind === "blocked" ? visitor : undefined;
      keep(batchOfVisitor(visitor), refusal, failures);
    }
    pump();
  };
  const batchOfVisitor = (visitor: VisitorText): Chunk[] =>
    [...chunks].filter((chunk) => chunk.visitor === visitor);

  const keep = (batch: readonly Chunk[], verdict: Kept, failuresBefore: number): void => {
    const time = now();
    failures = Math.max(failuresBefore + 1, verdict.kind === "blocked" ? maxRetries + 1 : 0);
    const delayMs =
      failures > maxRetries ? pauseMs(failures - maxRetries, random()) : backoffMs(failures, random());
    askedToWaitUntil = Math.max(
      askedToWaitUntil,
      time + ((verdict.kind === "retry" && verdict.retryAfterMs) || 0),
    );
    resumeAt = Math.max(askedToWaitUntil, time + delayMs);
    for (const chunk of batch) chunk.dueAt = Math.max(resumeAt, time + backoffMs(chunk.tries, random()));
    const { reason, status } = verdict;
    const code = verdict.kind === "blocked" ? verdict.code : "unavailable";
    tell("retrying", batch, { code, reason, status, delayMs: resumeAt - time });
    if (failures > maxRetries) {
      const problem = `could not be delivered: ${reason}. They are kept; next try in ${Math.ceil((resumeAt - time) / 1000)} s. ${advice(code)}`;
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
    tell("refused", batch, { reason, count });
    const code = reason === "too_large" ? reason : "rejected";
    complain(code, count, `refused by the server for good: ${answer}`, batch, status);
  };

  const send = async (batch: Chunk[], isUnloading?: boolean): Promise<void> => {
    const [first] = batch as [Chunk];
    const authorization = token.for(first.visitor) as string;
    const failuresBefore = failures;
    const texts = batch.flatMap((chunk) => chunk.texts);
    const middle = batch.length >> 1;
    requests++;
    batches++;
    for (const chunk of batch) {
      chunk.isUnderWay = true;
      chunk.tries++;
      chunk.batch = batches;
    }
    tell("sent", batch);
    const outcome = await post("/api/ingestion/track/batch/", authorization, batchBody(texts), isUnloading);
    const verdict = classifyOutcome(outcome, wallNow());
    requests--;
    for (const chunk of batch) chunk.isUnderWay = false;
    if (verdict.kind === "retry" || verdict.kind === "blocked") {
      if (verdict.status === 401) token.drop(authorization);
      if (verdict.status === 401 && !hasRenewed) {
        hasRenewed = true;
        for (const chunk of batch) chunk.dueAt = 0;
      } else {
        refusedVisitor = undefined;
        keep(batch, verdict, failuresBefore);
      }
    } else {
      failures = 0;
      hasRenewed = false;
      if (verdict.kind === "delivered") {
        batch.map(remove);
        batchBytes = Math.min(maxBodyBytes, batchBytes * BATCH_BYTES_GROWTH);
        const skipped = Math.min(verdict.skipped, texts.length);
        tell("delivered", batch, { count: texts.length - skipped });
        if (skipped > 0) refuse(batch, skipped, "skipped", "its validation skipped them");
      } else if (!texts[1]) {
        remove(first);
        refuse(batch, 1, verdict.code, verdict.reason, verdict.status);
      } else if (middle > 0) {
        if (verdict.code === "too_large") batchBytes = batch.reduce((sum, { bytes }) => sum + bytes, 0) / 2;
        batches += 2;
        batch.forEach((chunk, index) => {
          chunk.batch = batches - +(index < middle);
          chunk.dueAt = 0;
        });
      } else {
        remove(first);
        const half = texts.length >> 1;
        for (const part of [texts.slice(0, half), texts.slice(half)])
          insert(part, first.visitor, { sequence: first.sequence, batch: ++batches });
      }
    }
    pump();
  };

  const flush = (): Promise<DeliveryReport> => {
    close();
    const queued = eventsIn(chunks);
    const refusedBefore = refusedSoFar();
    const sequence = Math.max(0, ...[...chunks].map((chunk) => chunk.sequence));
    setActive(isActive);
    return new Promise((resolve) => {
      const check = (): void => {
        const pending = eventsIn([...chunks].filter((chunk) => chunk.sequence <= sequence));
        const isOver =
          !isActive ||
          pending === 0 ||
          (requests === 0 && (failures > maxRetries || askedToWaitUntil - now() > BACKOFF_MAX_MS));
        if (!isOver || !waiting.delete(check)) return;
        const refused = Math.min(refusedSoFar() - refusedBefore, queued - pending);
        resolve({ delivered: queued - pending - refused, refused, pending });
      };
      waiting.add(check);
      check();
    });
  };

  const setActive = (value: boolean): void => {
    isActive = value;
    if (isActive) {
      failures = 0;
      resumeAt = askedToWaitUntil;
      for (const chunk of chunks) chunk.dueAt = 0;
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
      let report: DeliveryReport;
      do report = await flush();
      while (report.pending > 0 && isActive && askedToWaitUntil <= now());
      end();
      setActive(false);
      return report;
    },
  };
}
