import type { DeliveryTotals } from "./accounts";
import type { AnyCatalogue, Catalogue } from "./catalogue/catalogue";
import type { TypedIdentifyInput, TypedTrackInput } from "./catalogue/typed-events";
import { createEngine } from "./engine";
import type { DeliveryReport } from "./flush-barriers";
import type { NoticeListener } from "./notices";
import type { ClientOptions } from "./options";
import type { Cancel, Runtime } from "./runtime";

/** How `shutdown()` ends. */
export interface ShutdownOptions {
  /** How long to keep trying, in milliseconds. Default: the client's `shutdownTimeout`. */
  readonly timeoutMs?: number | undefined;
}

/**
 * A client has the same methods in every runtime. None of them throws or rejects, unless `strict` asks for it.
 *
 * @typeParam Events The catalogue that types it: `Client<typeof events>`. Default: any event.
 */
export interface Client<Events extends Catalogue = AnyCatalogue> {
  /**
   * Takes an event in and returns at once: it is copied, queued and sent with others soon.
   *
   * @throws InvalidEventError with `strict` only; otherwise it goes to `onError`.
   * @example client.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
   */
  track(event: TypedTrackInput<Events>): void;
  /**
   * Says what is known of a user.
   *
   * @throws InvalidEventError with `strict` only; otherwise it goes to `onError`.
   * @example client.identify({ userId: "ada", traits: { plan: "pro" } });
   */
  identify(user: TypedIdentifyInput<Events>): void;
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
export function createClient<Events extends Catalogue = AnyCatalogue>(
  options: ClientOptions<Events>,
  runtime: Runtime,
): Client<Events> {
  return createEngine(options, runtime).client;
}
