import { createAccounts, type DeliveryTotals } from "./accounts";
import { createAttempt } from "./attempt";
import { EMPTY_BODY_BYTES } from "./batch";
import { createSecretCredentials, createSessionCredentials } from "./credentials";
import { createDispatcher } from "./dispatcher";
import { DeliveryError, InvalidEventError, SegOpsError } from "./errors";
import {
  decodeEvent,
  type EncodedEvent,
  type EventText,
  encodeEvent,
  IDENTIFY_EVENT_TYPE,
  type IdentifyInput,
  type TrackInput,
} from "./event";
import type { DeliveryReport } from "./flush-barriers";
import { createMemoryQueue } from "./memory-queue";
import { createNoticeBoard, type NoticeListener } from "./notices";
import { type ClientOptions, resolveOptions } from "./options";
import type { Cancel, Runtime } from "./runtime";
import { createTroubleReporter } from "./trouble";
import { utf8Length } from "./utf8-length";
import { createUuidFactory } from "./uuid";

/** How `shutdown()` ends. */
export interface ShutdownOptions {
  /** How long to keep trying, in milliseconds. Default: the client's `shutdownTimeout`. */
  readonly timeoutMs?: number | undefined;
}

/** A client has the same methods in every runtime. None of them throws or rejects, unless `strict` asks for it. */
export interface Client {
  /**
   * Takes an event in and returns at once: it is copied, queued and sent with others soon.
   *
   * @throws InvalidEventError with `strict` only; otherwise it goes to `onError`.
   * @example client.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
   */
  track(event: TrackInput): void;
  /**
   * Says what is known of a user.
   *
   * @throws InvalidEventError with `strict` only; otherwise it goes to `onError`.
   * @example client.identify({ userId: "ada", traits: { plan: "pro" } });
   */
  identify(user: IdentifyInput): void;
  /** Settles everything queued before the call, in one cycle of tries. What is pending then is tried again later. */
  flush(): Promise<DeliveryReport>;
  /**
   * Takes no more events, and keeps trying to deliver what is queued until the time is up. What is left goes to
   * `onUndelivered`, unless the queue survives the process. A second call gets the first one's report.
   */
  shutdown(options?: ShutdownOptions): Promise<DeliveryReport>;
  /** Tells a listener of everything that happens to events from now on. Returns the way to end it. */
  subscribe(listener: NoticeListener): Cancel;
  /** What became of all events so far. */
  readonly totals: DeliveryTotals;
}

/**
 * Builds a client for any runtime. `@segops/node` and `@segops/browser` do this for you.
 *
 * @throws ConfigurationError when an option is missing or wrong.
 */
export function createClient(clientOptions: ClientOptions, runtime: Runtime): Client {
  const options = resolveOptions(clientOptions, runtime.defaults);
  const { clock } = runtime;
  const byteLength = runtime.utf8Length ?? utf8Length;
  const timestamp = runtime.timestamp ?? (() => new Date(clock.now()).toISOString());
  const newUuid = createUuidFactory(clock, runtime.entropy);
  const maxEventBytes = options.maxBatchBytes - EMPTY_BODY_BYTES;
  const isPublicKey = options.apiKey.startsWith("pk_");

  const trouble = createTroubleReporter(options, runtime);
  const notices = createNoticeBoard((error) =>
    trouble.report(new SegOpsError("listener_failed", `a listener given to subscribe() threw: ${error}`)),
  );
  const accounts = createAccounts(notices, trouble, options.apiKey);
  const queue = (runtime.createQueue ?? createMemoryQueue)({
    maxSize: options.maxQueueSize,
    maxBytes: options.maxQueueBytes,
    maxBatchBytes: options.maxBatchBytes,
    newKey: newUuid,
  });
  const attempt = createAttempt(runtime, options);
  const credentials = isPublicKey
    ? createSessionCredentials(options, attempt, clock)
    : createSecretCredentials(options.apiKey);
  const dispatcher = createDispatcher(options, runtime, queue, credentials, attempt, accounts);
  const stopListening = runtime.lifecycle.subscribe((signal) => {
    if (signal === "suspend") void dispatcher.drain(options.shutdownTimeout);
    else dispatcher.setOnline(signal === "online");
  });
  let closing: Promise<DeliveryReport> | undefined;

  if (options.debug) {
    const logger = options.logger ?? runtime.logger;
    notices.subscribe((notice) => logger.debug(`[segops] ${JSON.stringify(notice)}`));
  }

  const drop = (reason: "closed" | "queue_full", event: EncodedEvent, problem: string): void => {
    accounts.dropped(reason, [event.text]);
    trouble.count(
      reason,
      (events) => new DeliveryError(reason, `${events} event(s) lost: ${problem}`, { events }),
    );
  };

  const enqueue = (event: EncodedEvent, bytes: number, { userId, anonymousId }: TrackInput): void => {
    if (closing) {
      drop("closed", event, "track() was called after shutdown()");
    } else if (queue.add(event.text, bytes, isPublicKey ? { userId, anonymousId } : undefined)) {
      dispatcher.added();
    } else {
      drop(
        "queue_full",
        event,
        `${queue.size} are waiting and no more fit. Raise maxQueueSize or maxQueueBytes`,
      );
    }
  };

  const accept = (input: TrackInput): void => {
    const eventId = options.eventIds ? newUuid() : undefined;
    const original = encodeEvent(input, timestamp, eventId);
    const { beforeSend } = options;
    if (!beforeSend) {
      admit(input, original);
      return;
    }
    let changed: TrackInput | null;
    try {
      // The hook gets a copy of what would be sent, so that it can change what it likes.
      changed = beforeSend(decodeEvent(original.text));
    } catch (error) {
      accounts.accepted(original);
      accounts.dropped("before_send_failed", [original.text]);
      const problem = `1 event is not sent, as beforeSend threw: ${error}`;
      trouble.report(new DeliveryError("before_send_failed", problem, { events: 1 }));
      return;
    }
    if (changed) {
      admit(changed, encodeEvent(changed, timestamp, eventId));
    } else {
      accounts.accepted(original);
      accounts.dropped("before_send", [original.text]);
    }
  };

  const admit = (input: TrackInput, event: EncodedEvent): void => {
    const bytes = byteLength(event.text);
    if (bytes > maxEventBytes) {
      throw new InvalidEventError(
        "payload",
        `makes an event of ${bytes} bytes, but one batch carries ${maxEventBytes}. Send less, or raise maxBatchBytes`,
        "event_too_large",
      );
    }
    accounts.accepted(event);
    enqueue(event, bytes, input);
  };

  const track = (input: TrackInput): void => {
    try {
      accept(input);
    } catch (error) {
      if (!(error instanceof InvalidEventError)) {
        trouble.report(new SegOpsError("internal", `track() failed: ${error}. Please report this`));
      } else if (options.strict) {
        throw error;
      } else {
        accounts.invalid(error);
      }
    }
  };

  const close = async (timeoutMs: number): Promise<DeliveryReport> => {
    const report = await dispatcher.drain(timeoutMs);
    dispatcher.stop();
    stopListening();
    if (!queue.durable) handOver(queue.drain());
    trouble.settle();
    try {
      queue.close?.();
      await runtime.transport.close?.();
    } catch (error) {
      trouble.report(
        new SegOpsError("internal", `shutdown() failed to clean up: ${error}. Please report this`),
      );
    }
    return report;
  };

  const handOver = (texts: readonly EventText[]): void => {
    if (texts.length === 0) return;
    accounts.dropped("undelivered", texts);
    if (options.onUndelivered) {
      try {
        options.onUndelivered(texts.map(decodeEvent));
      } catch (error) {
        trouble.report(new SegOpsError("listener_failed", `onUndelivered threw: ${error}`));
      }
      return;
    }
    const events = texts.length;
    const problem = `${events} event(s) lost: shutdown() ran out of time. Give onUndelivered to keep them`;
    trouble.report(new DeliveryError("undelivered", problem, { events }));
  };

  return {
    track,
    identify: (user) =>
      track(
        user && {
          userId: user.userId,
          eventType: IDENTIFY_EVENT_TYPE,
          payload: user.traits,
          anonymousId: user.anonymousId,
        },
      ),
    flush: () => dispatcher.flush(),
    shutdown({ timeoutMs = options.shutdownTimeout } = {}) {
      closing ??= close(timeoutMs);
      return closing;
    },
    subscribe: (listener) => notices.subscribe(listener),
    get totals() {
      return accounts.totals(queue.size);
    },
  };
}
