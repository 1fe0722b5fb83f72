import path from "node:path";
import type { Batch, EventText, Visitor } from "@segops/core";
import { type Batching, halvesOf, needsNewBatch, type OpenBatch, sealStored } from "./batching";
import { type ByteRange, type Complete, readLedger, type Seal, type Settled } from "./ledger";
import type { MemoryWindow } from "./memory-window";
import { HEADER, isGone } from "./record-file";
import { removeSegmentFiles, type SegmentFiles } from "./segment-files";
import { eventStarts, readSegment, type StoredBatch } from "./segment-reader";
import { appendBatch, appendEvent, appendEvents, lengthOfEvents } from "./segment-writer";

/** What a segment shares with the others of its queue. */
export interface SegmentContext {
  readonly batching: Batching;
  readonly window: MemoryWindow;
  /** Something could not be written that is only for the next process to know. */
  onWriteError(error: unknown): void;
  /** Events that were there are not any more; less than none: more were found. */
  onLost(events: number, path: string): void;
  /** The events cannot be read now. */
  onReadError(error: unknown, path: string): void;
}

/** What is known of a segment that an earlier process wrote, without having read its events. */
export interface SegmentPast {
  readonly events: number;
  readonly batches: number;
}

/**
 * Consecutive events of a queue: in two files, and in memory as far as the window reaches; without files in memory
 * only. One segment at a time, the newest, takes events.
 */
export interface Segment {
  readonly isOnDisk: boolean;
  /** Where its files are. */
  readonly folder: string | undefined;
  /** Whether its files are where they were put. Throws when that cannot be told. */
  readonly isInPlace: boolean;
  readonly undelivered: number;
  readonly openSize: number;
  /** Sealed batches that are not taken. */
  readonly waiting: number;
  /** The sequence of the batch that `take()` gives next. */
  readonly nextSequence: number;
  readonly diskBytes: number;
  /** Bytes of JSON text that are undelivered and in memory, commas included. */
  readonly heldBytes: number;
  /** Events that were ever added. */
  readonly added: number;
  /** Throws what the file system throws: the event is not in the segment then. */
  add(text: EventText, bytes: number, visitor: Visitor | undefined): void;
  /** Whether this event has to begin a batch of its own. */
  needsSeal(bytes: number, visitor: Visitor | undefined): boolean;
  seal(): void;
  take(): Batch | undefined;
  /** Whether `take()` can have what it needs. */
  isReadable(): boolean;
  /** How many events were settled. */
  settle(batch: Batch): number;
  split(batch: Batch): readonly [Batch, Batch];
  /** Keeps sealed batches on disk only from now on. */
  leaveMemory(): void;
  /** Takes no more events. */
  complete(): void;
  /** Writes down what the disk would not take before. */
  catchUp(): void;
  /** Goes on without files that are gone. What is only there is lost; unless it cannot be read now: that waits. */
  leaveDisk(): void;
  /** Puts what is in memory only into files. Throws what the file system throws, and leaves nothing behind then. */
  store(files: SegmentFiles): void;
  /** Takes everything undelivered out. */
  drain(): EventText[];
  close(): void;
  /** Deletes the files. */
  remove(): void;
}

interface Entry extends ByteRange {
  readonly batch: Batch;
}

type LedgerRecord = ["seal", Seal] | ["settled", Settled] | ["complete", Complete];

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
  /** Records that the ledger lacks, as the disk would not take them. */
  let unwritten: LedgerRecord[] = [];
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

  const write = (...records: LedgerRecord[]): void => {
    if (!files) return;
    unwritten.push(...records);
    try {
      for (let record = unwritten[0]; record; record = unwritten[0]) {
        files.ledger.append(record[0], JSON.stringify(record[1]));
        unwritten.shift();
      }
    } catch (error) {
      context.onWriteError(error);
    }
  };

  const close = (): void => {
    files?.events.close();
    files?.ledger.close();
  };

  const load = (): void => {
    if (entries || !files) return;
    const batches = loadStored();
    if (!batches) return;
    const count = batches.length;
    entries = batches.map(({ start, end, key, texts, bytes, visitor }, index) => ({
      start,
      end,
      batch: {
        key,
        texts,
        bytes,
        visitor,
        sequence: Math.max(firstSequence, lastSequence - (count - 1 - index)),
      },
    }));
    const found = batches.reduce((sum, { texts }) => sum + texts.length, 0);
    const lost = waitingEvents - found;
    waiting = count;
    waitingEvents = found;
    undelivered -= lost;
    for (const { batch } of entries) hold(batch.texts.length, batch.bytes);
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
      write(["seal", { key, ...range, count: texts.length }]);
      lastSequence = ++batching.sequence;
      waiting++;
      waitingEvents += texts.length;
      if (entries) entries.push({ ...range, batch: { key, sequence: lastSequence, texts, bytes, visitor } });
      else hold(-texts.length, -bytes);
      openStart = range.end;
      open = { texts: [], bytes: 0, visitor: undefined };
    },

    take() {
      load();
      const entry = entries?.shift();
      if (!entry) return undefined;
      waiting--;
      waitingEvents -= entry.batch.texts.length;
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
      const count = batch.texts.length;
      undelivered -= count;
      hold(-count, -batch.bytes);
      if (range !== NOWHERE) write(["settled", { start: range.start, end: range.end, count }]);
      return count;
    },

    split(batch) {
      const range = taken.get(batch) ?? NOWHERE;
      const [first, second] = halvesOf(batch, batching.newKey);
      const middle = middleOf(range, first, second);
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
        write(
          ["seal", { key: first.key, ...ranges[0], count: first.texts.length }],
          ["seal", { key: second.key, ...ranges[1], count: second.texts.length }],
        );
      }
      return [first, second];
    },

    leaveMemory() {
      if (!entries || !files) return;
      for (const { batch } of entries) hold(-batch.texts.length, -batch.bytes);
      entries = undefined;
    },

    complete() {
      if (!files) return;
      write(["complete", { events: added, bytes: files.events.size }]);
      close();
    },

    catchUp: () => write(),

    leaveDisk() {
      load();
      if (!entries) return;
      close();
      files = undefined;
      unwritten = [];
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
        unwritten = [];
        files = newFiles;
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
      const ledger = readLedger(files.ledger.read(), HEADER.length);
      const bytes = files.events.read().subarray(0, openStart);
      const { batches, unsealed } = readSegment(bytes, ledger, takenUpTo);
      const late = sealStored(batching, unsealed);
      for (const { key, start, end, texts } of late) {
        write(["seal", { key, start, end, count: texts.length }]);
      }
      return [...batches, ...late].sort((one, other) => one.start - other.start);
    } catch (error) {
      if (isGone(error)) return [];
      context.onReadError(error, files.events.path);
      return undefined;
    }
  }

  /** Where in the file the second half of a batch begins. */
  function middleOf(range: ByteRange, first: Batch, second: Batch): number | undefined {
    if (!files || range === NOWHERE) return undefined;
    const middle = range.start + lengthOfEvents(first.texts, first.visitor);
    if (middle + lengthOfEvents(second.texts, second.visitor) === range.end) return middle;
    // Lines that cannot be read lie between.
    try {
      return eventStarts(files.events.read(), range)[first.texts.length];
    } catch {
      return undefined;
    }
  }
}
