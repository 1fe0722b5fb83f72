import { type Accounts, createAccounts } from "./accounts";
import { createAttempt } from "./attempt";
import type { Client } from "./client";
import { type Credentials, createSecretCredentials, createSessionCredentials } from "./credentials";
import { createDispatcher, type Dispatcher } from "./dispatcher";
import { DeliveryError, SegOpsError } from "./errors";
import { decodeEvent, type EncodedEvent, type EventText, IDENTIFY_EVENT_TYPE } from "./event";
import type { EventQueue } from "./event-queue";
import type { DeliveryReport } from "./flush-barriers";
import { createIntake, type Enqueue } from "./intake";
import { createMemoryQueue } from "./memory-queue";
import { createNoticeBoard } from "./notices";
import { type ClientOptions, type ResolvedOptions, resolveOptions } from "./options";
import type { Runtime } from "./runtime";
import { createTroubleReporter } from "./trouble";
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
  /** Takes no more events and sends no more. What is left is handed over, unless the queue survives. */
  end(): void;
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
  const notices = createNoticeBoard((error) =>
    trouble.report(new SegOpsError("listener_failed", `a listener given to subscribe() threw: ${error}`)),
  );
  const accounts = createAccounts(notices, trouble, options.apiKey);
  const attempt = createAttempt(runtime, options);
  const credentials = isPublicKey
    ? createSessionCredentials(options, attempt, runtime.clock)
    : createSecretCredentials(options.apiKey);
  // Later, as the queue may say so while it is being made.
  const wake = (): void => void Promise.resolve().then(() => dispatcher.added());
  const queue = (runtime.createQueue ?? createMemoryQueue)({
    maxSize: options.maxQueueSize,
    maxBytes: options.maxQueueBytes,
    maxBatchBytes: options.maxBatchBytes,
    newKey: newUuid,
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
    if (signal === "suspend") void dispatcher.drain(options.shutdownTimeout);
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
    trouble.count(
      reason,
      (events) => new DeliveryError(reason, `${events} event(s) lost: ${problem}`, { events }),
    );
  };

  const enqueue: Enqueue = (event, bytes, { userId, anonymousId }) => {
    if (isClosed) {
      drop("closed", event, "track() was called after shutdown()");
    } else if (queue.add(event.text, bytes, isPublicKey ? { userId, anonymousId } : undefined)) {
      dispatcher.added();
    } else {
      const problem = `${queue.size} are waiting and no more fit. Raise maxQueueSize or maxQueueBytes`;
      drop("queue_full", event, problem);
    }
  };
  const track = createIntake(options, runtime, newUuid, accounts, trouble, enqueue);

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
    const problem = `${events} event(s) lost: the time to deliver them ran out. Give onUndelivered to keep them`;
    trouble.report(new DeliveryError("undelivered", problem, { events }));
  };

  const end = (): void => {
    isClosed = true;
    dispatcher.stop();
    stopListening();
    try {
      if (!queue.durable) handOver(queue.drain());
      queue.close?.();
    } catch (error) {
      trouble.report(new SegOpsError("internal", `closing the queue failed: ${error}. Please report this`));
    }
    trouble.settle();
  };

  const close = async (timeoutMs: number): Promise<DeliveryReport> => {
    isClosed = true;
    const report = await dispatcher.drain(timeoutMs);
    end();
    try {
      await runtime.transport.close?.();
    } catch (error) {
      trouble.report(
        new SegOpsError("internal", `closing the transport failed: ${error}. Please report this`),
      );
    }
    return report;
  };

  const client: Client = {
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

  return { client, options, runtime, queue, dispatcher, credentials, accounts, end };
}
