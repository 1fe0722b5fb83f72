import type { Batch } from "./event-queue";
import type { Verdict } from "./outcome";

/** A batch that was taken from the queue, and how it fares. */
export interface Shipment {
  readonly batch: Batch;
  /** How often it was sent. */
  attempts: number;
  /** How often it was sent since the sender last started afresh: more than `maxRetries` is given up for now. */
  tries: number;
  /** Not sent again before, by the monotonic clock. */
  notBefore: number;
}

export function newShipment(batch: Batch): Shipment {
  return { batch, attempts: 0, tries: 0, notBefore: 0 };
}

/** A batch stays in the queue. */
export type Kept = Extract<Verdict, { kind: "retry" | "blocked" }>;
/** The server does not take these events as they are. */
export type Refused = Extract<Verdict, { kind: "split" }>;
/** A batch is not sent again as it is. */
export type Concluded = Exclude<Verdict, Kept>;

/** Told what becomes of shipments. */
export interface ShipmentListener {
  sent(shipment: Shipment): void;
  delivered(shipment: Shipment, skipped: number): void;
  refused(shipment: Shipment, verdict: Refused): void;
  /** The batch stays in the queue. `exhausted`: the quick retries are used up, or would be in vain. */
  kept(shipment: Shipment, verdict: Kept, delayMs: number, exhausted: boolean): void;
}
