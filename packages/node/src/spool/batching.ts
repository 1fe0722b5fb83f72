import type { Batch, EventText, QueueSettings, Visitor } from "@segops/core";
import { EMPTY_BODY_BYTES, MAX_BATCH_EVENTS } from "@segops/core";
import type { StoredBatch, StoredEvent } from "./segment-reader";

/** What is common to all batches of a queue. */
export interface Batching {
  readonly newKey: () => string;
  /** The most that the texts of a batch may take, commas included. */
  maxTextBytes: number;
  /** Of the newest sealed batch. */
  sequence: number;
}

export function createBatching({ newKey, maxBatchBytes }: QueueSettings): Batching {
  return { newKey, maxTextBytes: textBytesOf(maxBatchBytes), sequence: 0 };
}

export function textBytesOf(bodyBytes: number): number {
  return bodyBytes - EMPTY_BODY_BYTES + 1;
}

/** Events that will leave together, while they come. */
export interface OpenBatch {
  texts: EventText[];
  bytes: number;
  visitor: Visitor | undefined;
}

/** Whether an event has to begin a batch of its own. */
export function needsNewBatch(
  { maxTextBytes }: Batching,
  open: OpenBatch,
  bytes: number,
  visitor: Visitor | undefined,
): boolean {
  return (
    open.texts.length > 0 &&
    (open.bytes + bytes > maxTextBytes ||
      open.texts.length >= MAX_BATCH_EVENTS ||
      open.visitor?.userId !== visitor?.userId ||
      open.visitor?.anonymousId !== visitor?.anonymousId)
  );
}

/** Makes batches of events that a process left unsealed when it died. */
export function sealStored(batching: Batching, events: readonly StoredEvent[]): StoredBatch[] {
  const batches: StoredBatch[] = [];
  let last: (StoredBatch & { end: number }) | undefined;
  for (const { text, bytes, visitor, start, end } of events) {
    if (!last || last.end !== start || needsNewBatch(batching, last, bytes, visitor)) {
      last = { key: batching.newKey(), start, end, texts: [], bytes: 0, visitor };
      batches.push(last);
    }
    last.texts.push(text);
    last.bytes += bytes;
    last.end = end;
  }
  return batches;
}

/** The halves of a batch: in its place, under keys of their own. */
export function halvesOf(batch: Batch, newKey: () => string): [Batch, Batch] {
  const middle = batch.texts.length >> 1;
  const firstBytes = batch.bytes >> 1;
  return [
    { ...batch, key: newKey(), texts: batch.texts.slice(0, middle), bytes: firstBytes },
    { ...batch, key: newKey(), texts: batch.texts.slice(middle), bytes: batch.bytes - firstBytes },
  ];
}
