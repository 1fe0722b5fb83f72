import type { EventText, Notice, WireEvent } from "@segops/core";

/** What has become of an event. */
export type EventState = "queued" | "sending" | "retrying" | "delivered" | "refused" | "dropped" | "invalid";

/** One event of the list. */
export interface LoggedEvent {
  readonly id: number;
  readonly text: EventText;
  readonly type: string;
  readonly at: string;
  readonly state: EventState;
  /** Why it was refused, dropped or is tried again. */
  readonly reason?: string | undefined;
}

/** The events that are under way, and the latest of those that are done. */
export interface EventLog {
  /** Newest first. */
  readonly events: readonly LoggedEvent[];
  /** Adds those that the log does not know, as they were queued before it began. */
  addWaiting(texts: Iterable<EventText>): void;
  take(notice: Notice): void;
}

const UNDER_WAY: readonly EventState[] = ["queued", "sending", "retrying"];
/** The most events that are done, and stay in the list. */
const MAX_DONE = 100;

export const isUnderWay = ({ state }: LoggedEvent): boolean => UNDER_WAY.includes(state);

export function createEventLog(): EventLog {
  let events: readonly LoggedEvent[] = [];
  let ids = 0;

  const add = (text: EventText, state: EventState, reason?: string): void => {
    const { event_type: type, occurred_at: at } = JSON.parse(text) as WireEvent;
    events = [{ id: ++ids, text, type, at, state, reason }, ...events];
    let done = 0;
    events = events.filter((event) => isUnderWay(event) || ++done <= MAX_DONE);
  };

  /** Events may be equal to the letter: each text moves one of them. */
  const move = (texts: readonly EventText[], state: EventState, reason?: string): void => {
    const left = [...texts];
    events = events.map((event) => {
      const index = isUnderWay(event) ? left.indexOf(event.text) : -1;
      if (index < 0) return event;
      left.splice(index, 1);
      return { ...event, state, reason };
    });
    for (const text of left) add(text, state, reason);
  };

  return {
    get events() {
      return events;
    },
    addWaiting(texts) {
      const known = events.filter(isUnderWay).map(({ text }) => text);
      for (const text of texts) if (!known.includes(text)) add(text, "queued");
    },
    take(notice) {
      switch (notice.type) {
        case "queued":
          return add(notice.event, "queued");
        case "sent":
          return move(notice.events, "sending");
        case "retrying":
          return move(notice.events, "retrying", notice.reason);
        case "delivered":
          return move(notice.events.slice(0, notice.count), "delivered");
        case "refused":
          return move(notice.events.slice(-notice.count), "refused", notice.reason);
        case "dropped":
          return move(notice.events, "dropped", notice.reason);
        case "invalid": {
          const at = new Date().toISOString();
          const { message } = notice.error;
          events = [
            { id: ++ids, text: "", type: "invalid event", at, state: "invalid", reason: message },
            ...events,
          ];
          return;
        }
        default:
      }
    },
  };
}
