import path from "node:path";
import { type Batch, halvesOf, packBatch } from "@segops/core";
import { needsNewBatch, type OpenBatch, sealStored } from "./batching";
import { type ByteRange, readLedger } from "./ledger";
import { createLedgerWriter } from "./ledger-writer";
import { middleOfBatch } from "./middle-of-batch";
import { HEADER, isGone } from "./record-file";
import type { Segment, SegmentContext, SegmentPast } from "./segment";
import { removeSegmentFiles, type SegmentFiles } from "./segment-files";
import { readSegment, type StoredBatch } from "./segment-reader";
import { appendBatch, appendEvent, appendEvents } from "./segment-writer";

interface Entry extends ByteRange {
  readonly batch: Batch;
}

const NOWHERE: ByteRange = { start: 0, end: 0 };

export function createSegment(
  context: SegmentContext,
  initialFiles: SegmentFiles | undefined,
  past: SegmentPast = { events: 0, batches: 0 },
): Segment {
  const { batching } = context;
  let heldBytes = 0;
  const hold = (events: number, bytes: number): void => {
    heldBytes += bytes;
    context.window.hold(events, bytes);
  };
  let files = initialFiles;
  let ledger = createLedgerWriter(files?.ledger, context.onWriteError);
  /** Oldest first. */
  let taken = new Map<Batch, ByteRange>();
  let open: OpenBatch = { texts: [], bytes: 0, visitor: undefined };
  let openStart = files?.events.size ?? 0;
  /** Sealed batches that are not taken, as far as they are in memory. */
  let entries: Entry[] | undefined = past.batches > 0 ? undefined : [];
  let waiting = past.batches;
  let waitingEvents = past.events;
  /** Batches before this place have been taken. */
  let takenUpTo = 0;
  let undelivered = past.events;
  let added = past.events;
  const firstSequence = batching.sequence + 1;
  batching.sequence += past.batches;
  let lastSequence = batching.sequence;

  const close = (): void => {
    files?.events.close();
    files?.ledger.close();
  };

  const load = (): void => {
    if (entries || !files) return;
    const batches = loadStored();
    if (!batches) return;
    const count = batches.length;
    entries = batches.map(({ start, end, key, texts, visitor }, index) => {
      const sequence = Math.max(firstSequence, lastSequence - (count - 1 - index));
      return { start, end, batch: packBatch({ key, sequence, texts, visitor }, batching.utf8) };
    });
    const found = batches.reduce((sum, { texts }) => sum + texts.length, 0);
    const lost = waitingEvents - found;
    waiting = count;
    waitingEvents = found;
    undelivered -= lost;
    for (const { batch } of entries) hold(batch.eventCount, batch.bytes);
    if (lost !== 0) context.onLost(lost, files.events.path);
  };

  return {
    get isOnDisk() {
      return files !== undefined;
    },
    get folder() {
      return files && path.dirname(files.events.path);
    },
    get isInPlace() {
      return !files || files.events.isInPlace();
    },
    get undelivered() {
      return undelivered;
    },
    get openSize() {
      return open.texts.length;
    },
    get waiting() {
      return waiting;
    },
    get nextSequence() {
      return waiting > 0 ? Math.max(firstSequence, lastSequence - waiting + 1) : Number.POSITIVE_INFINITY;
    },
    get diskBytes() {
      return files ? files.events.size + files.ledger.size : 0;
    },
    get heldBytes() {
      return heldBytes;
    },
    get added() {
      return added;
    },

    needsSeal: (bytes, visitor) => needsNewBatch(batching, open, bytes + 1, visitor),

    add(text, textBytes, visitor) {
      if (files) appendEvent(files.events, text, visitor);
      open.visitor = visitor;
      open.texts.push(text);
      open.bytes += textBytes + 1;
      hold(1, textBytes + 1);
      undelivered++;
      added++;
    },

    seal() {
      if (open.texts.length === 0) return;
      const key = batching.newKey();
      const { texts, bytes, visitor } = open;
      const range = files ? { start: openStart, end: files.events.size } : NOWHERE;
      ledger.write(["seal", { key, ...range, count: texts.length }]);
      lastSequence = ++batching.sequence;
      waiting++;
      waitingEvents += texts.length;
      if (entries) {
        const batch = packBatch({ key, sequence: lastSequence, texts, visitor }, batching.utf8);
        entries.push({ ...range, batch });
      } else hold(-texts.length, -bytes);
      openStart = range.end;
      open = { texts: [], bytes: 0, visitor: undefined };
    },

    take() {
      load();
      const entry = entries?.shift();
      if (!entry) return undefined;
      waiting--;
      waitingEvents -= entry.batch.eventCount;
      takenUpTo = entry.end;
      taken.set(entry.batch, entry);
      return entry.batch;
    },

    isReadable() {
      if (!files || entries) return true;
      try {
        files.ledger.read();
        files.events.read();
        return true;
      } catch (error) {
        return isGone(error);
      }
    },

    settle(batch) {
      const range = taken.get(batch);
      if (!range) return 0;
      taken.delete(batch);
      const count = batch.eventCount;
      undelivered -= count;
      hold(-count, -batch.bytes);
      if (range !== NOWHERE) ledger.write(["settled", { start: range.start, end: range.end, count }]);
      return count;
    },

    split(batch) {
      const range = taken.get(batch) ?? NOWHERE;
      const [first, second] = halvesOf(batch, batching.newKey, batching.utf8);
      const middle =
        range === NOWHERE ? undefined : files && middleOfBatch(files.events, range, first, second);
      const ranges =
        middle === undefined
          ? ([NOWHERE, NOWHERE] as const)
          : ([
              { start: range.start, end: middle },
              { start: middle, end: range.end },
            ] as const);
      // In the batch's place: they are as old.
      taken = new Map(
        [...taken].flatMap(([other, place]): [Batch, ByteRange][] =>
          other === batch
            ? [
                [first, ranges[0]],
                [second, ranges[1]],
              ]
            : [[other, place]],
        ),
      );
      if (middle !== undefined) {
        ledger.write(
          ["seal", { key: first.key, ...ranges[0], count: first.eventCount }],
          ["seal", { key: second.key, ...ranges[1], count: second.eventCount }],
        );
      }
      return [first, second];
    },

    leaveMemory() {
      if (!entries || !files) return;
      for (const { batch } of entries) hold(-batch.eventCount, -batch.bytes);
      entries = undefined;
    },

    complete() {
      if (!files) return;
      ledger.write(["complete", { events: added, bytes: files.events.size }]);
      close();
    },

    catchUp: () => ledger.write(),

    leaveDisk() {
      load();
      if (!entries) return;
      close();
      files = undefined;
      ledger = createLedgerWriter(undefined, context.onWriteError);
      for (const batch of taken.keys()) taken.set(batch, NOWHERE);
      entries = entries.map(({ batch }) => ({ ...NOWHERE, batch }));
    },

    store(newFiles) {
      try {
        const ranges = [...taken.keys()].map((batch) => [batch, appendBatch(newFiles, batch)] as const);
        const stored = entries?.map(({ batch }) => ({ ...appendBatch(newFiles, batch), batch }));
        openStart = newFiles.events.size;
        appendEvents(newFiles.events, open.texts, open.visitor);
        takenUpTo = ranges.at(-1)?.[1].end ?? 0;
        for (const [batch, range] of ranges) taken.set(batch, range);
        entries = stored;
        added = undelivered;
        files = newFiles;
        ledger = createLedgerWriter(files.ledger, context.onWriteError);
      } catch (error) {
        removeSegmentFiles(newFiles);
        throw error;
      }
    },

    drain() {
      load();
      const left = [...taken.keys(), ...(entries ?? []).map(({ batch }) => batch)]
        .flatMap(({ texts }) => texts)
        .concat(open.texts);
      undelivered = waiting = waitingEvents = 0;
      entries = [];
      taken.clear();
      open = { texts: [], bytes: 0, visitor: undefined };
      return left;
    },

    close,

    remove() {
      if (files) removeSegmentFiles(files);
    },
  };

  /** Sealed batches that are not taken, from the files. Undefined: they cannot be read now. */
  function loadStored(): StoredBatch[] | undefined {
    if (!files) return undefined;
    try {
      const known = readLedger(files.ledger.read(), HEADER.length);
      const bytes = files.events.read().subarray(0, openStart);
      const { batches, unsealed } = readSegment(bytes, known, takenUpTo);
      const late = sealStored(batching, unsealed);
      for (const { key, start, end, texts } of late) {
        ledger.write(["seal", { key, start, end, count: texts.length }]);
      }
      return [...batches, ...late].sort((one, other) => one.start - other.start);
    } catch (error) {
      if (isGone(error)) return [];
      context.onReadError(error, files.events.path);
      return undefined;
    }
  }
}
