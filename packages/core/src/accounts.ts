import { DeliveryError, type DeliveryErrorCode, type InvalidEventError } from "./errors";
import type { EncodedEvent, EventText } from "./event";
import type { DropReason, NoticeBoard } from "./notices";
import type { Shipment, ShipmentListener } from "./shipment";
import type { TroubleReporter } from "./trouble";

/** What became of all events: accepted + recovered = delivered + refused + dropped + pending. */
export interface DeliveryTotals {
  /** Taken in by `track()` and `identify()`. */
  readonly accepted: number;
  /** Found undelivered in the spool, left there by a process that ended. */
  readonly recovered: number;
  /** The server has them. */
  readonly delivered: number;
  /** The server refused them for good. */
  readonly refused: number;
  /** Given up by the client, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Not settled yet. */
  readonly pending: number;
}

/** Keeps the books: every event that was taken in is counted once, and every change is told. */
export interface Accounts extends ShipmentListener {
  accepted(event: EncodedEvent): void;
  recovered(events: number): void;
  invalid(error: InvalidEventError): void;
  /** For events that were accepted and are given up. */
  dropped(reason: DropReason, events: readonly EventText[], count?: number): void;
  totals(pending: number): DeliveryTotals;
}

const ADVICE: Readonly<Partial<Record<DeliveryErrorCode, string>>> = {
  unauthorized: "Check apiKey",
  forbidden: "Check what the key may do, the plan, and the key's allowed origins",
  not_found: "Check apiUrl",
  unexpected_answer: "Check apiUrl and what stands between here and the server",
};

export function createAccounts(notices: NoticeBoard, trouble: TroubleReporter): Accounts {
  let accepted = 0;
  let recovered = 0;
  let delivered = 0;
  let refused = 0;
  const droppedBy: Partial<Record<DropReason, number>> = {};

  // A copy: what a listener does to it is no harm to the batch.
  const about = ({ batch, attempts }: Shipment) => ({
    batchKey: batch.key,
    events: [...batch.texts],
    attempt: attempts,
  });

  const refuse = (
    shipment: Shipment,
    count: number,
    reason: "rejected" | "too_large" | "skipped",
    answer: string,
    status?: number,
  ): void => {
    refused += count;
    if (notices.watched) notices.post({ type: "refused", reason, count, ...about(shipment) });
    const problem = `${count} event(s) refused by the server for good: ${answer}`;
    const code = reason === "too_large" ? reason : "rejected";
    trouble.report(new DeliveryError(code, problem, { events: count, status, attempts: shipment.attempts }));
  };

  return {
    accepted(event) {
      accepted++;
      if (!notices.watched) return;
      notices.post({ type: "queued", event: event.text });
      if (event.replaced.length > 0)
        notices.post({ type: "repaired", event: event.text, replaced: event.replaced });
    },

    recovered(events) {
      recovered += events;
      if (notices.watched) notices.post({ type: "recovered", count: events });
    },

    invalid(error) {
      if (notices.watched) notices.post({ type: "invalid", error });
      trouble.report(error);
    },

    dropped(reason, events, count = events.length) {
      droppedBy[reason] = (droppedBy[reason] ?? 0) + count;
      if (notices.watched) notices.post({ type: "dropped", reason, count, events });
    },

    sent(shipment) {
      if (notices.watched) notices.post({ type: "sent", ...about(shipment) });
    },

    delivered(shipment, skipped) {
      const count = shipment.batch.eventCount - skipped;
      delivered += count;
      if (notices.watched && count > 0) notices.post({ type: "delivered", count, ...about(shipment) });
      if (skipped > 0) refuse(shipment, skipped, "skipped", "its validation skipped them");
    },

    refused(shipment, { code, reason, status }) {
      refuse(shipment, 1, code, reason, status);
    },

    kept(shipment, verdict, delayMs, exhausted) {
      const { batch, attempts } = shipment;
      const code = verdict.kind === "blocked" ? verdict.code : "unavailable";
      const { reason, status } = verdict;
      if (notices.watched) {
        notices.post({ type: "retrying", code, reason, status, delayMs, ...about(shipment) });
      }
      if (!exhausted) return;
      const events = batch.eventCount;
      const problem = `could not be delivered: ${reason}. They are kept; next try in ${Math.ceil(delayMs / 1000)} s. ${ADVICE[code] ?? ""}`;
      trouble.report(
        new DeliveryError(code, `${events} event(s) ${problem}`.trim(), { events, status, attempts }),
      );
    },

    totals: (pending) => ({ accepted, recovered, delivered, refused, dropped: { ...droppedBy }, pending }),
  };
}
