import { EMPTY_BODY_BYTES, MAX_BATCH_EVENTS } from "./batch";
import type { EventText } from "./event";
import type { Batch, EventQueue, QueueSettings, Visitor } from "./event-queue";
import { utf8Length } from "./utf8-length";

/**
 * A bounded queue in memory. When it is full it refuses the newest event. Events are put into the batch they
 * will leave in as they come, so that sealing costs nothing.
 */
export function createMemoryQueue(settings: QueueSettings): EventQueue {
  let maxTextBytes = settings.maxBatchBytes - EMPTY_BODY_BYTES + 1;
  let openTexts: EventText[] = [];
  let openBytes = 0;
  let openVisitor: Visitor | undefined;
  let sealed: Batch[] = [];
  const taken = new Set<Batch>();
  let sequence = 0;
  let size = 0;
  let bytes = 0;

  const seal = (): number => {
    if (openTexts.length > 0) {
      sequence++;
      sealed.push({
        key: settings.newKey(),
        sequence,
        texts: openTexts,
        bytes: openBytes,
        visitor: openVisitor,
      });
      openTexts = [];
      openBytes = 0;
    }
    return sequence;
  };

  return {
    durable: false,
    get size() {
      return size;
    },
    get openSize() {
      return openTexts.length;
    },
    get nextSequence() {
      return sealed[0]?.sequence ?? Number.POSITIVE_INFINITY;
    },

    add(text, textBytes, visitor) {
      const added = textBytes + 1;
      if (size >= settings.maxSize || bytes + added > settings.maxBytes) return false;
      if (
        openBytes + added > maxTextBytes ||
        openVisitor?.userId !== visitor?.userId ||
        openVisitor?.anonymousId !== visitor?.anonymousId
      ) {
        seal();
      }
      openVisitor = visitor;
      openTexts.push(text);
      openBytes += added;
      size++;
      bytes += added;
      if (openTexts.length === MAX_BATCH_EVENTS) seal();
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
      size -= batch.texts.length;
      bytes -= batch.bytes;
    },

    split(batch) {
      taken.delete(batch);
      const middle = batch.texts.length >> 1;
      const first = batch.texts.slice(0, middle);
      const firstBytes = first.reduce((sum, text) => sum + utf8Length(text) + 1, 0);
      const half = (texts: readonly EventText[], halfBytes: number): Batch => {
        const part = { ...batch, key: settings.newKey(), texts, bytes: halfBytes };
        taken.add(part);
        return part;
      };
      return [half(first, firstBytes), half(batch.texts.slice(middle), batch.bytes - firstBytes)];
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
