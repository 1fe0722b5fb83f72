import type { EventText, QueueSettings, Utf8, Visitor } from "@segops/core";
import { EMPTY_BODY_BYTES, MAX_BATCH_EVENTS } from "@segops/core";
import type { StoredBatch, StoredEvent } from "./segment-reader";

/** What is common to all batches of a queue. */
export interface Batching {
  readonly newKey: () => string;
  readonly utf8: Utf8 | undefined;
  /** The most that the texts of a batch may take, commas included. */
  maxTextBytes: number;
  /** Of the newest sealed batch. */
  sequence: number;
}

export function createBatching({ newKey, utf8, maxBatchBytes }: QueueSettings): Batching {
  return { newKey, utf8, maxTextBytes: textBytesOf(maxBatchBytes), sequence: 0 };
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
