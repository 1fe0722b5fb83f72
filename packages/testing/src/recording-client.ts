import {
  type AnyCatalogue,
  type Catalogue,
  type Client,
  type ClientOptions,
  createClient,
  type DropReason,
  type SegOpsError,
} from "@segops/core";
import { createTestRuntime, type ManualClock, type ScriptedTransport } from "@segops/core/testing";
import { createEventRecord, type EventRecord } from "./event-record";

/** What a recording client is built with: any option of a client. None is needed. */
export type RecordingClientOptions<Events extends Catalogue = AnyCatalogue> = Partial<ClientOptions<Events>>;

/** A client that sends nothing anywhere and remembers everything. */
export interface RecordingClient<Events extends Catalogue = AnyCatalogue>
  extends Client<Events>,
    EventRecord<Events> {
  /** Trouble that a client would report. */
  readonly errors: readonly SegOpsError[];
  /** The client's clock. It stands still until a test moves it: `await client.clock.advance(5_000)`. */
  readonly clock: ManualClock;
  /** The server that is not there. It takes everything, unless told otherwise: `client.transport.reply(503)`. */
  readonly transport: ScriptedTransport;
}

/** Events that were refused at the door: they were never on their way. */
const NEVER_TAKEN: readonly DropReason[] = ["closed", "queue_full", "before_send", "before_send_failed"];

/**
 * Makes a client for tests: the real engine, with validation, catalogue and `beforeSend`, but no network and no timers.
 * An event is recorded as soon as `track()` returns; `clear()` forgets.
 *
 * @param options As for any client. `strict` is on by default, so that an invalid event fails the test.
 * @example
 * const segops = createRecordingClient({ events });
 * placeOrder(segops);
 * expect(segops).toHaveTracked("order_placed", { total: 42 });
 */
export function createRecordingClient<Events extends Catalogue = AnyCatalogue>(
  options: RecordingClientOptions<Events> = {},
): RecordingClient<Events> {
  const runtime = createTestRuntime();
  const errors: SegOpsError[] = [];
  const client = createClient<Events>(
    {
      apiUrl: "https://segops.test",
      apiKey: "sk_test_recording",
      strict: true,
      maxQueueSize: 1_000_000,
      maxQueueBytes: 1_000_000_000,
      ...options,
      onError(error) {
        errors.push(error);
        options.onError?.(error);
      },
    },
    runtime,
  );
  const { add, remove, ...record } = createEventRecord<Events>();
  client.subscribe((notice) => {
    if (notice.type === "queued") add(JSON.parse(notice.event));
    if (notice.type === "dropped" && NEVER_TAKEN.includes(notice.reason)) {
      for (const text of notice.events) remove(JSON.parse(text));
    }
  });
  return {
    track: client.track,
    identify: client.identify,
    flush: client.flush,
    shutdown: client.shutdown,
    subscribe: client.subscribe,
    get totals() {
      return client.totals;
    },
    ...record,
    clear() {
      record.clear();
      errors.length = 0;
    },
    errors,
    clock: runtime.clock,
    transport: runtime.transport,
  };
}
