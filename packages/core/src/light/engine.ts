import type { DeliveryTotals } from "../accounts";
import { EMPTY_BODY_BYTES } from "../batch";
import type { Client } from "../client";
import { DeliveryError, InvalidEventError, SegOpsError } from "../errors";
import { decodeEvent, IDENTIFY_EVENT_TYPE, repairedPayload, type TrackInput, toWireEvent } from "../event";
import { callHost, textOf } from "../host-call";
import type { DropReason, Notice, NoticeListener } from "../notices";
import { utf8Length } from "../utf8-length";
import { type ChunkQueue, createChunkQueue, eventsIn } from "./chunk-queue";
import type { LightOptions, LightRuntime } from "./light-runtime";
import { createSender, type Sender, type Teller } from "./sender";
import { createSessionToken, type SessionToken } from "./session-token";
import { createTrouble } from "./trouble";

/** A client of few bytes, and the parts behind it for the page it lives in. */
export interface LightEngine {
  readonly client: Client;
  readonly queue: ChunkQueue;
  readonly sender: Sender;
  readonly token: SessionToken;
  readonly report: (error: SegOpsError) => void;
  readonly post: (notice: Notice) => void;
  /** Gives up what is queued. */
  drop(reason: DropReason): void;
}

/** Between two reports of events that did not fit, in milliseconds. */
const LOSS_INTERVAL_MS = 1_000;

/**
 * Puts a light client together. It makes the promises of the full one, with less to carry: it is for a visitor's events
 * and not for a busy server's, sends one request at a time, and knows public keys only.
 */
export function createLightEngine(options: LightOptions, runtime: LightRuntime): LightEngine {
  const { beforeSend, events, strict, onUndelivered } = options;
  const { now } = runtime;
  const counts: Record<string, number> = {};
  const dropped: Partial<Record<DropReason, number>> = {};
  const listeners = new Set<{ readonly listener: NoticeListener }>();
  let isClosed = false;
  let isLooking = false;
  let lost = 0;
  let lossToldAt = Number.NEGATIVE_INFINITY;
  let closing: ReturnType<Client["shutdown"]> | undefined;

  const report = createTrouble(options, runtime);
  const post = (notice: Notice): void => {
    const { type, count = 1, reason } = notice as { type: string; count?: number; reason: DropReason };
    counts[type] = (counts[type] ?? 0) + count;
    if (type === "dropped") dropped[reason] = (dropped[reason] ?? 0) + count;
    for (const { listener } of listeners)
      callHost(
        () => listener(notice),
        (problem) => report(new SegOpsError("listener_failed", `a listener threw: ${problem}`)),
      );
  };
  const queue = createChunkQueue(options, runtime);
  const token = createSessionToken(options, runtime);
  const complain: Teller["complain"] = (code, events, problem, batch, status) => {
    const attempts = batch[0]?.tries;
    if (events > 0)
      report(new DeliveryError(code, `${events} event(s) ${problem}`.trim(), { events, status, attempts }));
  };
  const sender = createSender(options, runtime, queue, token, {
    tell(type, batch, about) {
      const [first] = batch;
      const events = batch.flatMap(({ texts }) => texts);
      if (first) post({ type, ...about, batchKey: `${first.batch}`, events, attempt: first.tries } as Notice);
    },
    complain,
  });

  const drop = (reason: DropReason, problem?: string, ...texts: string[]): void => {
    post({ type: "dropped", reason, count: texts.length, events: texts });
    if (!problem) return;
    lost += texts.length;
    if (now() - lossToldAt < LOSS_INTERVAL_MS) return;
    complain(reason as "closed", lost, `lost: ${problem}`, []);
    lossToldAt = now();
    lost = 0;
  };

  const encode = (input: TrackInput, eventId?: string): { text: string; replaced: readonly string[] } => {
    const event = toWireEvent(input, () => new Date(runtime.wallNow()).toISOString(), eventId);
    const { payload, replaced } = repairedPayload(event.payload);
    return { text: JSON.stringify({ ...event, payload }), replaced };
  };

  const accept = (given: TrackInput): void => {
    let input = runtime.complete(given);
    // As the catalogue wants it sent.
    if (events) input = { ...input, payload: events.check(input.eventType, input.payload) };
    const eventId = options.eventIds ? runtime.newUuid() : undefined;
    let event = encode(input, eventId);
    let problem: string | undefined;
    let reason = runtime.refusal();
    if (isClosed) {
      reason = "closed";
      problem = "track() was called after shutdown()";
    } else if (beforeSend && !reason) {
      const changed = callHost(
        () => beforeSend(decodeEvent(event.text)),
        (thrown) => {
          problem = `beforeSend threw: ${thrown}`;
        },
      );
      if (changed) {
        event = encode(changed, eventId);
        input = changed;
      } else {
        reason = changed === null ? "before_send" : "before_send_failed";
        if (changed === undefined)
          problem ??= "beforeSend returned nothing. Return the event, or null to drop it";
      }
    }
    const bytes = utf8Length(event.text);
    if (bytes + EMPTY_BODY_BYTES > options.maxBatchBytes)
      throw new InvalidEventError(
        "payload",
        `makes an event of ${bytes} bytes. Send less, or raise maxBatchBytes`,
        "event_too_large",
      );
    const { userId, anonymousId } = input;
    if (!reason && !queue.add(event.text, bytes, JSON.stringify([userId, anonymousId]))) {
      reason = "queue_full";
      problem = `${eventsIn(queue.chunks)} are waiting and no more fit. Raise maxQueueSize or maxQueueBytes`;
    }
    post({ type: "queued", event: event.text });
    if (event.replaced[0]) post({ type: "repaired", event: event.text, replaced: event.replaced });
    if (reason) drop(reason, problem, event.text);
    else if (!isLooking) {
      isLooking = true;
      // The events of one turn are stored, and leave, together.
      void Promise.resolve().then(() => {
        isLooking = false;
        sender.pump();
      });
    }
  };

  const track = (input: TrackInput): void => {
    try {
      accept(input);
    } catch (error) {
      // Not by instanceof: a catalogue may come from another copy of this package.
      if ((error as Error | undefined)?.name === "InvalidEventError") {
        if (strict) throw error;
        post({ type: "invalid", error: error as InvalidEventError });
        report(error as InvalidEventError);
      } else {
        report(new SegOpsError("internal", `track() failed: ${textOf(error)}. Please report this`));
      }
    }
  };

  const close = async (timeoutMs: number) => {
    isClosed = true;
    const settled = await sender.drain(timeoutMs);
    const lost = [...queue.chunks].filter(({ key }) => !key);
    const left = lost.flatMap(({ texts }) => texts);
    lost.map(queue.remove);
    if (left[0]) {
      drop(
        "undelivered",
        onUndelivered ? undefined : "time ran out. Give onUndelivered to keep them",
        ...left,
      );
      await callHost(
        () => onUndelivered?.(left.map(decodeEvent)),
        () => {},
      );
    }
    return settled;
  };

  return {
    queue,
    sender,
    token,
    report,
    post,
    drop(reason) {
      const texts = [...queue.chunks].flatMap((chunk) => chunk.texts);
      for (const chunk of queue.chunks) queue.remove(chunk);
      if (texts[0]) drop(reason, undefined, ...texts);
    },
    client: {
      track,
      identify: (user) => track(user && { ...user, eventType: IDENTIFY_EVENT_TYPE, payload: user.traits }),
      flush: sender.flush,
      shutdown: ({ timeoutMs = options.shutdownTimeout } = {}) => (closing ??= close(timeoutMs)),
      subscribe(listener) {
        const entry = { listener };
        listeners.add(entry);
        return () => void listeners.delete(entry);
      },
      get totals(): DeliveryTotals {
        const { queued = 0, recovered = 0, delivered = 0, refused = 0 } = counts;
        return {
          accepted: queued,
          recovered,
          delivered,
          refused,
          dropped: { ...dropped },
          pending: eventsIn(queue.chunks),
        };
      },
    },
  };
}
