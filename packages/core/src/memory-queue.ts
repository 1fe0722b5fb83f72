import { EMPTY_BODY_BYTES, MAX_BATCH_EVENTS } from "./batch";
import type { Batch, EventQueue, QueueSettings } from "./event-queue";
import { bytesAtMost, countBytes, isOfVisitor, newOpenBatch } from "./open-batch";
import { halvesOf, packBatch } from "./packed-batch";
import { utf8Length } from "./utf8-length";

/** A bounded queue in memory. When it is full it refuses the newest event. */
export function createMemoryQueue(settings: QueueSettings): EventQueue {
  const { maxSize, maxBytes, newKey, utf8 } = settings;
  let maxTextBytes = settings.maxBatchBytes - EMPTY_BODY_BYTES + 1;
  let open = newOpenBatch(undefined);
  let sealed: Batch[] = [];
  const taken = new Set<Batch>();
  let sequence = 0;
  let size = 0;
  /** Of the sealed batches. */
  let bytes = 0;

  const seal = (): number => {
    const { texts, visitor } = open;
    if (texts.length > 0) {
      sequence++;
      const batch = packBatch({ key: newKey(), sequence, texts, visitor }, utf8);
      bytes += batch.bytes;
      sealed.push(batch);
      open = newOpenBatch(undefined);
    }
    return sequence;
  };

  return {
    durable: false,
    get size() {
      return size;
    },
    get openSize() {
      return open.texts.length;
    },
    get nextSequence() {
      return sealed[0]?.sequence ?? Number.POSITIVE_INFINITY;
    },

    add(text, visitor) {
      if (size >= maxSize) return false;
      let more = bytesAtMost(text);
      if (open.bytes + more > maxTextBytes || bytes + open.bytes + more > maxBytes) {
        countBytes(open);
        more = utf8Length(text) + 1;
        if (bytes + open.bytes + more > maxBytes) return false;
        if (open.bytes + more > maxTextBytes) seal();
      }
      if (!isOfVisitor(open, visitor)) seal();
      if (open.texts.length === 0) open = newOpenBatch(visitor);
      open.texts.push(text);
      open.bytes += bytesAtMost(text);
      size++;
      if (open.texts.length === MAX_BATCH_EVENTS) seal();
      return true;
    },

    seal,

    take() {
      const batch = sealed.shift();
      if (batch) taken.add(batch);
      return batch;
    },

    settle(batch) {
      if (!taken.delete(batch)) return;
      size -= batch.eventCount;
      bytes -= batch.bytes;
    },

    split(batch) {
      taken.delete(batch);
      const halves = halvesOf(batch, newKey, utf8);
      for (const half of halves) taken.add(half);
      return halves;
    },

    limitBatchBytes(limit) {
      maxTextBytes = limit - EMPTY_BODY_BYTES + 1;
    },

    drain() {
      seal();
      const left = [...taken, ...sealed]
        .sort((a, b) => a.sequence - b.sequence)
        .flatMap((batch) => batch.texts);
      taken.clear();
      sealed = [];
      size = bytes = 0;
      return left;
    },
  };
}
