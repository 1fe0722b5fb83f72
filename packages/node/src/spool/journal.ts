import type { QueueSettings } from "@segops/core";
import { createSegment } from "./create-segment";
import { removeFolder } from "./home";
import type { Segment, SegmentContext } from "./segment";
import type { SpoolDisk } from "./spool-disk";

/** The segments of a queue, oldest first. */
export interface Journal {
  readonly segments: Iterable<Segment>;
  /** The segment that takes events: the newest. */
  readonly tail: Segment | undefined;
  /** Sealed batches that are not taken. */
  readonly waiting: number;
  readonly diskBytes: number;
  /** Of these, what was not taken over from others. */
  readonly ownDiskBytes: number;
  /** What is not on disk, and is lost with the process. */
  readonly memoryEvents: number;
  readonly memoryBytes: number;
  /** The tail, if it can take an event; else a new one: on disk, unless the disk is down. */
  tailForAdding(): Segment;
  seal(): void;
  /** Ends the tail: the next event begins another. */
  rotate(): void;
  /** Puts segments of others before those that are to come. */
  append(segments: readonly Segment[]): void;
  /** Deletes a segment that has nothing to deliver. Where its files cannot be deleted now, it stays for `sweep()`. */
  drop(segment: Segment): void;
  /** Deletes what could not be deleted before. */
  sweep(): void;
  /** To be called when segments have changed. */
  recount(): void;
}

/** Whether the disk can be written, and what to do when it cannot. */
export interface DiskState {
  isDown: boolean;
  failed(error: unknown): void;
}

const MAX_SEGMENT_BYTES = 4_000_000;
const MIN_SEGMENT_BYTES = 64_000;
/** A segment is at most this part of the memory window, so that one can be read back into it. */
const SEGMENTS_IN_WINDOW = 8;

/** How large a segment gets. */
export interface SegmentLimits {
  readonly events: number;
  readonly bytes: number;
}

export function segmentLimits({ maxSize, maxBytes }: QueueSettings, maxDiskBytes: number): SegmentLimits {
  return {
    events: Math.max(1, maxSize / SEGMENTS_IN_WINDOW),
    bytes: Math.min(
      MAX_SEGMENT_BYTES,
      Math.max(MIN_SEGMENT_BYTES, Math.min(maxBytes, maxDiskBytes) / SEGMENTS_IN_WINDOW),
    ),
  };
}

export function createJournal(
  context: SegmentContext,
  limits: SegmentLimits,
  disk: SpoolDisk,
  state: DiskState,
): Journal {
  const segments = new Set<Segment>();
  const adopted = new WeakSet<Segment>();
  let tail: Segment | undefined;
  let waiting = 0;
  /** What all segments but the tail take. */
  let others = { diskBytes: 0, adoptedBytes: 0, memoryEvents: 0, memoryBytes: 0 };

  const recount = (): void => {
    others = { diskBytes: 0, adoptedBytes: 0, memoryEvents: 0, memoryBytes: 0 };
    waiting = 0;
    for (const segment of segments) {
      waiting += segment.waiting;
      if (segment === tail) continue;
      others.diskBytes += segment.diskBytes;
      if (adopted.has(segment)) others.adoptedBytes += segment.diskBytes;
      if (segment.isOnDisk) continue;
      others.memoryEvents += segment.undelivered;
      others.memoryBytes += segment.heldBytes;
    }
  };

  const remove = (segment: Segment): void => {
    const { folder } = segment;
    segment.remove();
    segments.delete(segment);
    recount();
    if (!folder || folder === disk.folder) return;
    for (const other of segments) if (other.folder === folder) return;
    removeFolder(folder);
  };

  const drop = (segment: Segment): void => {
    if (segment === tail) tail = undefined;
    try {
      remove(segment);
    } catch (error) {
      state.failed(error);
      recount();
    }
  };

  const rotate = (): void => {
    const old = tail;
    if (!old) return;
    old.seal();
    tail = undefined;
    if (old.undelivered === 0) drop(old);
    else old.complete();
    recount();
  };

  /** Makes room in memory. What is sent next stays: it would have to be read back at once. */
  const leaveMemory = (segment: Segment): void => {
    for (const first of segments) {
      if (first.waiting === 0) continue;
      if (first !== segment) segment.leaveMemory();
      return;
    }
  };

  const diskBytes = (): number => others.diskBytes + (tail?.diskBytes ?? 0);

  return {
    segments,
    get tail() {
      return tail;
    },
    get waiting() {
      return waiting;
    },
    get diskBytes() {
      return diskBytes();
    },
    get ownDiskBytes() {
      return diskBytes() - others.adoptedBytes;
    },
    get memoryEvents() {
      return others.memoryEvents + (tail?.isOnDisk ? 0 : (tail?.undelivered ?? 0));
    },
    get memoryBytes() {
      return others.memoryBytes + (tail?.isOnDisk ? 0 : (tail?.heldBytes ?? 0));
    },

    tailForAdding() {
      if (tail && (!state.isDown || !tail.isOnDisk)) return tail;
      rotate();
      let files: Parameters<typeof createSegment>[1];
      if (!state.isDown) {
        try {
          files = disk.createSegmentFiles();
        } catch (error) {
          state.failed(error);
        }
      }
      tail = createSegment(context, files);
      if (context.window.isFull) tail.leaveMemory();
      segments.add(tail);
      return tail;
    },

    seal() {
      if (!tail || tail.openSize === 0) return;
      tail.seal();
      if (context.window.isFull) leaveMemory(tail);
      waiting++;
      if (tail.diskBytes >= limits.bytes || tail.added >= limits.events) rotate();
    },

    rotate,
    append(more) {
      rotate();
      for (const segment of more) {
        segments.add(segment);
        adopted.add(segment);
      }
      recount();
    },
    drop,
    sweep() {
      for (const segment of segments) {
        if (segment.undelivered > 0 || segment === tail) continue;
        try {
          remove(segment);
        } catch {
          // That it cannot be deleted has been reported. All of it is settled: the next process deletes it too.
        }
      }
    },
    recount,
  };
}
