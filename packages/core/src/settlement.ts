import { EMPTY_BODY_BYTES } from "./batch";
import type { EventQueue } from "./event-queue";
import type { FlushBarriers } from "./flush-barriers";
import type { ResolvedOptions } from "./options";
import { type Concluded, newShipment, type Shipment, type ShipmentListener } from "./shipment";

/** After a 413 the size of a body grows by this with each delivery: one chance refusal must not last for ever. */
const BATCH_BYTES_GROWTH = 1.1;

/** Books what came of a batch that is not to be sent again as it is. Returns the halves of one that is split. */
export type Conclude = (shipment: Shipment, verdict: Concluded) => Shipment[];

export function createSettlement(
  { maxBatchBytes }: Pick<ResolvedOptions, "maxBatchBytes">,
  queue: EventQueue,
  barriers: FlushBarriers,
  listener: ShipmentListener,
): Conclude {
  /** Bodies are sealed up to this size: less than allowed after a 413. */
  let batchBytes = maxBatchBytes;

  const limitBatches = (bytes: number): void => {
    batchBytes = Math.min(maxBatchBytes, bytes);
    queue.limitBatchBytes(batchBytes);
  };

  return (shipment, verdict) => {
    const { batch } = shipment;
    const events = batch.eventCount;
    if (verdict.kind === "split" && events > 1) {
      if (verdict.code === "too_large") limitBatches((batch.bytes + EMPTY_BODY_BYTES) >> 1);
      return queue.split(batch).map(newShipment);
    }
    queue.settle(batch);
    if (verdict.kind === "split") {
      barriers.settled(batch.sequence, 0, events);
      listener.refused(shipment, verdict);
    } else {
      const skipped = Math.min(verdict.skipped, events);
      barriers.settled(batch.sequence, events - skipped, skipped);
      listener.delivered(shipment, skipped);
      if (batchBytes < maxBatchBytes) limitBatches(Math.ceil(batchBytes * BATCH_BYTES_GROWTH));
    }
    return [];
  };
}
