import type { DeliveryErrorCode, InvalidEventError } from "./errors";
import type { EventText } from "./event";
import { callHost } from "./host-call";
import type { Cancel } from "./runtime";

/** Why an accepted event was given up by the client. */
export type DropReason =
  /** The queue was full. */
  | "queue_full"
  /** `track()` after `shutdown()`. */
  | "closed"
  /** Left over at the end of `shutdown()`; handed to `onUndelivered`, if there is one. */
  | "undelivered"
  /** Gone from the spool: its files were removed or damaged. */
  | "queue_lost"
  /** Left in the page's storage, for the next page or another tab to send. There they count as recovered. */
  | "left_stored"
  /** The visitor does not agree to being counted. */
  | "no_consent"
  /** `beforeSend` returned null. */
  | "before_send"
  /** `beforeSend` threw. */
  | "before_send_failed";

/** Why the server's refusal of an event is final. */
export type RefusalReason =
  /** 400 for this event alone. */
  | "rejected"
  /** 413 for this event alone. */
  | "too_large"
  /** The server took the batch and skipped this event, or one of those named, by its validation. */
  | "skipped";

interface BatchNotice {
  readonly batchKey: string;
  readonly events: readonly EventText[];
  /** How often this batch has been sent, this time included. */
  readonly attempt: number;
}

/** Something that happened to events. */
export type Notice =
  /** `track()` took an event in. */
  | { readonly type: "queued"; readonly event: EventText }
  /** An event is on its way with values replaced that JSON cannot hold: `payload.total: [NaN]`. */
  | { readonly type: "repaired"; readonly event: EventText; readonly replaced: readonly string[] }
  /** Undelivered events were found that a process left behind when it ended. */
  | { readonly type: "recovered"; readonly count: number }
  /** A call that cannot be an event. */
  | { readonly type: "invalid"; readonly error: InvalidEventError }
  /** A batch left. */
  | ({ readonly type: "sent" } & BatchNotice)
  /** A batch came back and is kept: it is sent again in `delayMs`. */
  | ({
      readonly type: "retrying";
      readonly code: DeliveryErrorCode;
      readonly reason: string;
      readonly status: number | undefined;
      readonly delayMs: number;
    } & BatchNotice)
  /** The server has `count` of these events: all but those it skipped. */
  | ({ readonly type: "delivered"; readonly count: number } & BatchNotice)
  /** The server refused `count` of these events. */
  | ({ readonly type: "refused"; readonly reason: RefusalReason; readonly count: number } & BatchNotice)
  /** Events were given up. `events` is empty when they cannot be read any more. */
  | {
      readonly type: "dropped";
      readonly reason: DropReason;
      readonly count: number;
      readonly events: readonly EventText[];
    };

export type NoticeListener = (notice: Notice) => void;

/** Hands notices to those who subscribed. */
export interface NoticeBoard {
  /** Whether anybody listens: a notice need not be made otherwise. */
  readonly watched: boolean;
  post(notice: Notice): void;
  subscribe(listener: NoticeListener): Cancel;
}

/** A listener that throws harms neither the host nor the other listeners. */
export function createNoticeBoard(onListenerError: (problem: string) => void): NoticeBoard {
  const listeners = new Set<{ readonly listener: NoticeListener }>();
  return {
    get watched() {
      return listeners.size > 0;
    },
    post(notice) {
      for (const { listener } of [...listeners]) {
        callHost(() => listener(notice), onListenerError);
      }
    },
    subscribe(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
