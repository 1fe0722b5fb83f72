import { type Accounts, createAccounts } from "./accounts";
import { createAttempt } from "./attempt";
import type { Client } from "./client";
import { type Credentials, createSecretCredentials, createSessionCredentials } from "./credentials";
import { createDispatcher, type Dispatcher } from "./dispatcher";
import { encodeEvent } from "./encode-event";
import { DeliveryError, SegOpsError } from "./errors";
import { decodeEvent, type EncodedEvent, type EventText } from "./event";
import type { EventQueue } from "./event-queue";
import type { DeliveryReport } from "./flush-barriers";
import { callHost, textOf } from "./host-call";
import { createIntake, type Enqueue } from "./intake";
import { createMemoryQueue } from "./memory-queue";
import { createNoticeBoard } from "./notices";
import { type ClientOptions, MAX_TIMER_MS, type ResolvedOptions, resolveOptions } from "./options";
import type { Runtime } from "./runtime";
import { createTroubleReporter, type TroubleReporter } from "./trouble";
import { createUuidFactory } from "./uuid";

/** A client, and the parts behind it for runtimes that have to reach deeper, as when a process ends. */
export interface Engine {
  readonly client: Client;
  readonly options: ResolvedOptions;
  readonly runtime: Runtime;
  readonly queue: EventQueue;
  readonly dispatcher: Dispatcher;
  readonly credentials: Credentials;
  readonly accounts: Accounts;
  readonly trouble: TroubleReporter;
  /**
   * Takes no more events and sends no more. What is left is handed over, unless the queue survives.
   *
   * @param isExiting No timer and no promise runs any more after this.
   * @returns What the host returned from `onUndelivered`.
   */
  end(isExiting: boolean): unknown;
}

/**
 * Puts a client together from its options and what its runtime lends.
 *
 * @throws ConfigurationError when an option is missing or wrong.
 */
export function createEngine(clientOptions: ClientOptions, runtime: Runtime): Engine {
  const options = resolveOptions(clientOptions, runtime.defaults);
  const newUuid = createUuidFactory(runtime.clock, runtime.entropy);
  const isPublicKey = options.apiKey.startsWith("pk_");

  const trouble = createTroubleReporter(options, runtime);
  const reportHostFailure =
    (what: string) =>
    (problem: string): void =>
      trouble.report(new SegOpsError("listener_failed", `${what} threw: ${problem}`));
  const notices = createNoticeBoard(reportHostFailure("a listener given to subscribe()"));
  const accounts = createAccounts(notices, trouble);
  const attempt = createAttempt(runtime, options);
  const credentials = isPublicKey
    ? createSessionCredentials(options, attempt, runtime)
    : createSecretCredentials(options.apiKey);
  // Later, as the queue may say so while it is being made.
  const wake = (): void => void Promise.resolve().then(() => dispatcher.added());
  const queue = (runtime.createQueue ?? createMemoryQueue)({
    maxSize: options.maxQueueSize,
    maxBytes: options.maxQueueBytes,
    maxBatchBytes: options.maxBatchBytes,
    newKey: newUuid,
    utf8: runtime.utf8,
    recovered(events) {
      accounts.recovered(events);
      wake();
    },
    lost: (events) => accounts.dropped("queue_lost", [], events),
    wake,
    report: trouble.report,
  });
  const dispatcher = createDispatcher(options, runtime, queue, credentials, attempt, accounts);
  const stopListening = runtime.lifecycle.subscribe((signal) => {
    if (signal === "suspend") void settled(dispatcher.drain(options.shutdownTimeout));
    else dispatcher.setOnline(signal === "online");
  });
  let isClosed = false;
  let closing: Promise<DeliveryReport> | undefined;

  if (options.debug) {
    const logger = options.logger ?? runtime.logger;
    notices.subscribe((notice) => logger.debug(`[segops] ${JSON.stringify(notice)}`));
  }

  const drop = (reason: "closed" | "queue_full", event: EncodedEvent, problem: string): void => {
    accounts.dropped(reason, [event.text]);
    const toError = (events: number) =>
      new DeliveryError(reason, `${events} event(s) lost: ${problem}`, { events });
    trouble.count(reason, toError);
  };

  const enqueue: Enqueue = (event, { userId, anonymousId }) => {
    const isQueued = !isClosed && queue.add(event.text, isPublicKey ? { userId, anonymousId } : undefined);
    accounts.accepted(event);
    if (isQueued) {
      dispatcher.added();
    } else if (isClosed) {
      drop("closed", event, "track() was called after shutdown()");
    } else {
      const problem = `${queue.size} are waiting and no more fit. Raise maxQueueSize or maxQueueBytes`;
      drop("queue_full", event, problem);
    }
  };
  const { track, identify } = createIntake(
    options,
    runtime,
    newUuid,
    accounts,
    trouble,
    enqueue,
    encodeEvent,
  );

  const handOver = (texts: readonly EventText[]): unknown => {
    if (texts.length === 0) return undefined;
    accounts.dropped("undelivered", texts);
    const { onUndelivered } = options;
    if (onUndelivered)
      return callHost(() => onUndelivered(texts.map(decodeEvent)), reportHostFailure("onUndelivered"));
    const events = texts.length;
    const problem = `${events} event(s) lost: the time to deliver them ran out. Give onUndelivered to keep them`;
    trouble.report(new DeliveryError("undelivered", problem, { events }));
    return undefined;
  };

  const reportInternal = (what: string, error: unknown): void =>
    trouble.report(new SegOpsError("internal", `${what} failed: ${textOf(error)}. Please report this`));

  const end = (isExiting: boolean): unknown => {
    let handedOver: unknown;
    isClosed = true;
    dispatcher.stop();
    stopListening();
    try {
      if (!queue.durable) handedOver = handOver(queue.drain());
      queue.close?.();
    } catch (error) {
      reportInternal("closing the queue", error);
    }
    trouble.settle(isExiting);
    return handedOver;
  };

  /** Waits for the host, but not for ever. */
  const waitFor = (promise: unknown, timeoutMs: number): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        cancel();
        resolve();
      };
      const cancel = runtime.scheduler.schedule(go, timeoutMs, true);
      Promise.resolve(promise).then(go, go);
    });

  const close = async (timeoutMs: number): Promise<DeliveryReport> => {
    isClosed = true;
    const report = await settled(dispatcher.drain(timeoutMs));
    await waitFor(end(false), timeoutMs);
    try {
      await runtime.transport.close?.();
    } catch (error) {
      reportInternal("closing the transport", error);
    }
    return report;
  };

  /** A queue of the host's own making may fail. */
  const settled = (report: Promise<DeliveryReport>): Promise<DeliveryReport> =>
    report.catch((error) => {
      reportInternal("flush()", error);
      return { delivered: 0, refused: 0, pending: queue.size };
    });

  const client: Client = {
    track,
    identify,
    flush: () => settled(dispatcher.flush()),
    shutdown(shutdownOptions) {
      const { timeoutMs } = shutdownOptions ?? {};
      const isUsable = typeof timeoutMs === "number" && timeoutMs >= 0;
      closing ??= close(Math.min(isUsable ? timeoutMs : options.shutdownTimeout, MAX_TIMER_MS));
      return closing;
    },
    subscribe: (listener) => notices.subscribe(listener),
    get totals() {
      return accounts.totals(queue.size);
    },
  };

  return { client, options, runtime, queue, dispatcher, credentials, accounts, trouble, end };
}
