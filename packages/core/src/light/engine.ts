import type { DeliveryTotals } from "../accounts";
import { EMPTY_BODY_BYTES } from "../batch";
import type { Client } from "../client";
import { withDeadline } from "../deadline";
import { DeliveryError, InvalidEventError, SegOpsError } from "../errors";
import { decodeEvent, IDENTIFY_EVENT_TYPE, repairedPayload, type TrackInput, toWireEvent } from "../event";
import { callHost, textOf } from "../host-call";
import type { DropReason, Notice, NoticeListener } from "../notices";
import { MAX_TIMER_MS } from "../options";
import { COUNT_INTERVAL_MS } from "../trouble-limits";
import { type BatchQueue, createBatchQueue } from "./batch-queue";
import type { LightOptions, LightRuntime } from "./light-runtime";
import { createSender, type Sender, type Teller } from "./sender";
import { createTrouble } from "./trouble";

/** A client of few bytes, and the parts behind it for the page it lives in. */
export interface LightEngine {
  readonly client: Client;
  readonly queue: BatchQueue;
  readonly sender: Sender;
  readonly report: (error: SegOpsError) => void;
  readonly post: (notice: Notice) => void;
  /** Gives up what is queued, or only what is stored: that stays stored. */
  drop(reason: "no_consent" | "left_stored"): unknown;
}

/**
 * Puts a light client together. It makes the promises of the full one, with less to carry: it is for a visitor's events
 * and not for a busy server's, sends one request at a time but for a page that goes away, and knows public keys only.
 */
export function createLightEngine(options: LightOptions, runtime: LightRuntime): LightEngine {
  const { beforeSend, events, onUndelivered } = options;
  const { now } = runtime;
  const counts = { queued: 0, recovered: 0, delivered: 0, refused: 0 } as Record<Notice["type"], number>;
  const dropped: Partial<Record<DropReason, number>> = {};
  const listeners = new Set<NoticeListener>();
  let isClosed = false;
  let lost = 0;
  let lossToldUntil = 0;
  let closing: ReturnType<Client["shutdown"]> | undefined;

  const report = createTrouble(options, runtime);
  const post = (notice: Notice): void => {
    const {
      type,
      count = 1,
      reason,
    } = notice as { type: Notice["type"]; count?: number; reason: DropReason };
    counts[type] += count;
    if (type === "dropped") dropped[reason] = (dropped[reason] ?? 0) + count;
    for (const listener of listeners)
      callHost(
        () => listener(notice),
        (problem) => report(new SegOpsError("listener_failed", `a listener threw: ${problem}`)),
      );
  };
  const complain: Teller["complain"] = (code, events, problem, attempts, status) => {
    if (events > 0)
      report(new DeliveryError(code, `${events} event(s) ${problem}`, { events, status, attempts }));
  };
  const queue = createBatchQueue(options, runtime);
  const sender = createSender(options, runtime, queue, {
    tell(type, { batchKey, events, attempt }, about) {
      // A copy: what a listener does to it is no harm to the batch.
      post({ type, ...about, batchKey, events: [...events], attempt } as Notice);
    },
    complain,
  });

  const drop = (reason: DropReason, texts: string[], problem?: string): void => {
    if (!texts[0]) return;
    post({ type: "dropped", reason, count: texts.length, events: texts });
    if (!problem) return;
    lost += texts.length;
    if (now() < lossToldUntil) return;
    complain(reason as "closed", lost, `lost: ${problem}`);
    lossToldUntil = now() + COUNT_INTERVAL_MS;
    lost = 0;
  };

  /** Gives up batches. Those that are left to another page stay stored. */
  const giveUp = (reason: DropReason, problem?: string): string[] => {
    const texts: string[] = [];
    for (const batch of queue.batches) {
      const isStored = !!batch.keys[0];
      const isLeft = reason === "left_stored";
      if (isLeft ? isStored && !batch.isUnderWay : reason === "no_consent" || !isStored) {
        queue.batches.delete(batch);
        if (!isLeft) runtime.unstore(batch);
        texts.push(...batch.events);
      }
    }
    drop(reason, texts, problem);
    return texts;
  };

  const stamp = (): string => new Date(runtime.wallNow()).toISOString();

  const encode = (
    input: TrackInput,
    eventId?: string,
  ): readonly [text: string, replaced: readonly string[]] => {
    const event = toWireEvent(input, stamp, eventId);
    const { payload, replaced } = repairedPayload(event.payload);
    return [JSON.stringify({ ...event, payload }), replaced];
  };

  const accept = (given: TrackInput): void => {
    let input = runtime.complete(given);
    // As the catalogue wants it sent.
    if (events) input = { ...input, payload: events.check(input.eventType, input.payload) };
    const eventId = options.eventIds ? runtime.newUuid() : undefined;
    let [text, replaced] = encode(input, eventId);
    // Asked once a turn: nothing that is heeded at once changes within it, but for what closes the batch.
    let reason = isClosed ? "closed" : queue.open ? undefined : runtime.refusal();
    let problem = isClosed ? "track() was called after shutdown()" : undefined;
    if (beforeSend && !reason) {
      reason = "before_send_failed";
      problem = "beforeSend returned neither an event nor null";
      const changed = callHost(
        () => beforeSend(decodeEvent(text)),
        (thrown) => {
          problem = `beforeSend threw: ${thrown}`;
        },
      );
      if (changed !== undefined) {
        problem = undefined;
        reason = changed ? undefined : "before_send";
      }
      if (changed) {
        [text, replaced] = encode(changed, eventId);
        input = changed;
      }
    }
    const bytes = runtime.utf8Length(text);
    if (bytes + EMPTY_BODY_BYTES > options.maxBatchBytes)
      throw new InvalidEventError(
        "payload",
        `makes an event of ${bytes} bytes. Send less, or raise maxBatchBytes`,
        "event_too_large",
      );
    const { userId, anonymousId } = input;
    const isFirst = !queue.open;
    if (!reason && !queue.add(text, bytes, JSON.stringify({ userId, anonymousId }))) {
      reason = "queue_full";
      problem = `${queue.size()} are waiting and no more fit. Raise maxQueueSize or maxQueueBytes`;
    }
    post({ type: "queued", event: text });
    if (replaced[0]) post({ type: "repaired", event: text, replaced });
    if (reason) drop(reason, [text], problem);
    // The events of one turn are stored, and leave, together.
    else if (isFirst) void Promise.resolve().then(sender.pump);
  };

  const track = (input: TrackInput): void => {
    try {
      accept(input);
    } catch (error) {
      // Not by instanceof: a catalogue may come from another copy of this package.
      if ((error as Error | undefined)?.name !== "InvalidEventError") {
        report(new SegOpsError("internal", `track() failed: ${textOf(error)}. Please report this`));
        return;
      }
      if (options.strict) throw error;
      post({ type: "invalid", error: error as InvalidEventError });
      report(error as InvalidEventError);
    }
  };

  const close = async (timeoutMs: number) => {
    isClosed = true;
    const settled = await sender.drain(timeoutMs);
    const problem = onUndelivered ? undefined : "time ran out. Give onUndelivered to keep them";
    const left = giveUp("undelivered", problem);
    if (left[0])
      await withDeadline(runtime, timeoutMs, () => onUndelivered?.(left.map(decodeEvent))).catch(() => {});
    return settled;
  };

  return {
    queue,
    sender,
    report,
    post,
    drop: giveUp,
    client: {
      track,
      identify: (user) => track(user && { ...user, eventType: IDENTIFY_EVENT_TYPE, payload: user.traits }),
      flush: sender.flush,
      shutdown: ({ timeoutMs = options.shutdownTimeout } = {}) =>
        (closing ??= close(Math.min(timeoutMs, MAX_TIMER_MS))),
      subscribe(listener) {
        const entry: NoticeListener = (notice) => listener(notice);
        listeners.add(entry);
        return () => void listeners.delete(entry);
      },
      get totals(): DeliveryTotals {
        const { queued, recovered, delivered, refused } = counts;
        return {
          accepted: queued,
          recovered,
          delivered,
          refused,
          dropped: { ...dropped },
          pending: queue.size(),
        };
      },
    },
  };
}
