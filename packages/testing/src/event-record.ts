import { type AnyCatalogue, type Catalogue, IDENTIFY_EVENT_TYPE, type WireEvent } from "@segops/core";
import { describeEvents } from "./describe-events";
import { matchesPartially } from "./partial-match";
import type {
  AnyRecordedEvent,
  PartOf,
  RecordedEvent,
  RecordedName,
  RecordedPayload,
  RecordedUser,
} from "./recorded-types";

/** How long, and for how many events, `waitFor()` waits. */
export interface WaitOptions {
  /** In milliseconds of real time, also where a test fakes its timers. Default: 1,000. */
  readonly timeoutMs?: number;
  /** So many matching events. Default: 1. */
  readonly times?: number;
}

/** What was tracked, for a test to look at. */
export interface EventRecord<Events extends Catalogue = AnyCatalogue> {
  /** All that was tracked, oldest first. What `identify()` sends is in `users()`. */
  events(): RecordedEvent<Events>[];
  /** All that was tracked under one name, oldest first. */
  eventsOf<Name extends RecordedName<Events>>(eventType: Name): RecordedEvent<Events, Name>[];
  /** All that `identify()` said, oldest first. */
  users(): RecordedUser<Events>[];
  /**
   * Resolves with the event as soon as it is tracked, at once if it was.
   *
   * @param payload What its payload has to contain; other properties do not matter.
   * @throws Error after `timeoutMs`, with what was tracked instead.
   * @example const order = await segops.waitFor("order_placed", { total: 42 });
   */
  waitFor<Name extends RecordedName<Events>>(
    eventType: Name,
    payload?: PartOf<RecordedPayload<Events, Name>>,
    options?: WaitOptions,
  ): Promise<RecordedEvent<Events, Name>>;
  /** Forgets what was tracked. */
  clear(): void;
  /** For the compiler alone, never there: what types the record. */
  readonly "~events"?: Events;
}

/** A record, and the ways to fill it. */
export interface WritableRecord<Events extends Catalogue> extends EventRecord<Events> {
  add(event: WireEvent): void;
  /** Takes the newest one like it back. */
  remove(event: WireEvent): void;
}

const DEFAULT_TIMEOUT_MS = 1_000;

// As they are now: a test may fake them later.
const { setTimeout, clearTimeout } = globalThis;

export function createEventRecord<Events extends Catalogue>(): WritableRecord<Events> {
  let entries: AnyRecordedEvent[] = [];
  const waiting = new Set<() => void>();

  const tracked = () => entries.filter(({ eventType }) => eventType !== IDENTIFY_EVENT_TYPE);
  const matching = (eventType: string, payload: unknown = {}) =>
    tracked().filter((event) => event.eventType === eventType && matchesPartially(event.payload, payload));

  return {
    events: () => tracked() as RecordedEvent<Events>[],
    eventsOf: <Name extends RecordedName<Events>>(eventType: Name) =>
      matching(eventType) as unknown as RecordedEvent<Events, Name>[],
    users: () =>
      entries
        .filter(({ eventType }) => eventType === IDENTIFY_EVENT_TYPE)
        .map(({ eventType: _, payload, ...call }) => ({ ...call, traits: payload }) as RecordedUser<Events>),
    waitFor: <Name extends RecordedName<Events>>(
      eventType: Name,
      payload?: PartOf<RecordedPayload<Events, Name>>,
      { timeoutMs = DEFAULT_TIMEOUT_MS, times = 1 }: WaitOptions = {},
    ) =>
      new Promise<RecordedEvent<Events, Name>>((resolve, reject) => {
        const look = (): void => {
          const found = matching(eventType, payload);
          if (found.length < times) return;
          end();
          resolve(found[times - 1] as unknown as RecordedEvent<Events, Name>);
        };
        const end = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
        };
        const timer = setTimeout(() => {
          end();
          const found = matching(eventType, payload).length;
          const wanted = `${times} × ${eventType}${payload === undefined ? "" : ` with ${JSON.stringify(payload)}`}`;
          reject(
            new Error(
              `waited ${timeoutMs} ms for ${wanted}, and saw ${found}. ${describeEvents(tracked(), eventType)}`,
            ),
          );
        }, timeoutMs);
        waiting.add(look);
        look();
      }),
    clear() {
      entries = [];
    },
    add(event) {
      entries.push(recordedEvent(event));
      for (const look of [...waiting]) look();
    },
    remove(event) {
      const text = JSON.stringify(recordedEvent(event));
      const index = entries.map((entry) => JSON.stringify(entry)).lastIndexOf(text);
      if (index >= 0) entries.splice(index, 1);
    },
  };
}

function recordedEvent({
  user_id,
  event_type,
  occurred_at,
  payload,
  anonymous_id,
}: WireEvent): AnyRecordedEvent {
  return {
    userId: user_id,
    ...(anonymous_id !== undefined && { anonymousId: anonymous_id }),
    eventType: event_type,
    occurredAt: occurred_at,
    payload: payload ?? {},
  };
}
