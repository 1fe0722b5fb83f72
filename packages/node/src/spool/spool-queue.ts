import type { Batch, Cancel, EventQueue, QueueSettings } from "@segops/core";
import { createBatching, textBytesOf } from "./batching";
import { HOME_BYTES, removeFolder } from "./home";
import { createMemoryWindow } from "./memory-window";
import { PREFIX_BYTES } from "./record";
import { recoverSegments } from "./recovery";
import { createSegment, type Segment, type SegmentContext } from "./segment";
import { createSpoolDisk, type SpoolDependencies } from "./spool-disk";
import type { ResolvedSpoolOptions } from "./spool-options";
import { createTrouble } from "./trouble";

/** A queue on disk. What is in memory of it is a window. */
export interface SpoolQueue extends EventQueue {
  /** Events that are in memory. */
  readonly heldEvents: number;
  /** What the spool takes on disk. */
  readonly diskBytes: number;
}

/** How often the spool looks after itself, in milliseconds: shows that it lives, and tries a failed disk again. */
export const TICK_MS = 15_000;
/** How often it looks for what the dead left behind, in ticks. */
const ADOPT_EVERY = 2;
/** Below this a segment whose events are all delivered is kept a while for more. */
const SPENT_BYTES = 1_000_000;
const MAX_SEGMENT_BYTES = 4_000_000;
const MIN_SEGMENT_BYTES = 64_000;
/** A segment is at most this part of the memory window, so that one can be read back into it. */
const SEGMENTS_IN_WINDOW = 8;

/**
 * A queue whose events are on disk before `add()` returns: a journal of segments, oldest first. Where the disk fails
 * the events are kept in memory, within the memory queue's bounds, and written down when it is well again.
 */
export function createSpoolQueue(
  settings: QueueSettings,
  options: ResolvedSpoolOptions,
  dependencies: SpoolDependencies,
): SpoolQueue {
  const { directory } = options;
  const maxBytes = options.maxBytes - HOME_BYTES;
  const { scheduler } = dependencies;
  const trouble = createTrouble(settings.report);
  const batching = createBatching(settings);
  const segmentBytes = Math.min(
    MAX_SEGMENT_BYTES,
    Math.max(MIN_SEGMENT_BYTES, Math.min(settings.maxBytes, maxBytes) / SEGMENTS_IN_WINDOW),
  );
  const segmentEvents = Math.max(1, settings.maxSize / SEGMENTS_IN_WINDOW);
  // One segment may be read back on top of it, and one is being written.
  const window = createMemoryWindow(
    settings.maxSize - 2 * segmentEvents,
    settings.maxBytes - 2 * segmentBytes,
  );

  /** Oldest first. */
  const segments = new Set<Segment>();
  /** The one that takes events: the newest. */
  let tail: Segment | undefined;
  const segmentOf = new Map<Batch, Segment>();
  let size = 0;
  let waiting = 0;
  /** What all segments but the tail take. */
  let others = { diskBytes: 0, memoryEvents: 0, memoryBytes: 0 };
  let isDiskDown = false;
  let cannotRead = false;
  let ticks = 0;
  let cancelTick: Cancel | undefined;

  const diskFailed = (error: unknown): void => {
    isDiskDown = true;
    trouble.report(
      "spool_unavailable",
      `the spool in ${directory} cannot be written: ${reasonOf(error)}. Events are kept in memory until it can; check the disk's space and the permissions`,
    );
  };

  const context: SegmentContext = {
    batching,
    window,
    onWriteError: diskFailed,
    onReadError(error, path) {
      cannotRead = true;
      trouble.report(
        "spool_unreadable",
        `${path} cannot be read: ${reasonOf(error)}. Its events wait until it can`,
      );
    },
    onLost(events, path) {
      size -= events;
      settings.recovered(-events);
      trouble.report(
        "spool_lost",
        `${events} event(s) lost: ${path} was removed or damaged. Let nothing but this SDK touch ${directory}`,
      );
    },
  };
  const disk = createSpoolDisk(options, dependencies, trouble, diskFailed);

  const recount = (): void => {
    others = { diskBytes: 0, memoryEvents: 0, memoryBytes: 0 };
    waiting = 0;
    for (const segment of segments) {
      waiting += segment.waiting;
      if (segment === tail) continue;
      others.diskBytes += segment.diskBytes;
      if (segment.isOnDisk) continue;
      others.memoryEvents += segment.undelivered;
      others.memoryBytes += segment.heldBytes;
    }
    if (diskBytes() < 0.9 * maxBytes) trouble.healed("spool_full");
  };

  const diskBytes = (): number => others.diskBytes + (tail?.diskBytes ?? 0);
  const memoryEvents = (): number => others.memoryEvents + (tail?.isOnDisk ? 0 : (tail?.undelivered ?? 0));
  const memoryBytes = (): number => others.memoryBytes + (tail?.isOnDisk ? 0 : (tail?.heldBytes ?? 0));

  /** Ends the tail: the next event begins another. */
  const rotate = (): void => {
    const old = tail;
    if (!old) return;
    old.seal();
    tail = undefined;
    if (old.undelivered === 0) drop(old);
    else old.complete();
    recount();
  };

  const drop = (segment: Segment): void => {
    const { folder } = segment;
    segments.delete(segment);
    if (segment === tail) tail = undefined;
    try {
      segment.remove();
    } catch (error) {
      diskFailed(error);
    }
    if (!folder || folder === disk.folder) return;
    for (const other of segments) if (other.folder === folder) return;
    removeFolder(folder);
  };

  const tailForAdding = (): Segment => {
    if (tail && (!isDiskDown || !tail.isOnDisk)) return tail;
    rotate();
    let files: Parameters<typeof createSegment>[1];
    if (!isDiskDown) {
      try {
        files = disk.createSegmentFiles();
      } catch (error) {
        diskFailed(error);
      }
    }
    tail = createSegment(context, files);
    if (window.isFull) tail.leaveMemory();
    segments.add(tail);
    return tail;
  };

  const seal = (): number => {
    if (tail && tail.openSize > 0) {
      if (!tail.isInPlace) diskVanished();
      tail.seal();
      if (window.isFull && waiting > 0) leaveMemory(tail);
      waiting++;
      if (tail.diskBytes >= segmentBytes || tail.added >= segmentEvents) rotate();
    }
    return batching.sequence;
  };

  /** Makes room when all that fills the disk is delivered already. */
  const isSpoolFull = (moreBytes: number): boolean => {
    if (diskBytes() + moreBytes <= maxBytes) return false;
    if (tail?.undelivered === 0) rotate();
    if (diskBytes() + moreBytes <= maxBytes) return false;
    trouble.report(
      "spool_full",
      `the spool in ${directory} has reached ${options.maxBytes} bytes with ${size} undelivered event(s). New events are refused until some are delivered; raise spool.maxBytes`,
    );
    return true;
  };

  const add: EventQueue["add"] = (text, bytes, visitor) => {
    if (tail?.needsSeal(bytes, visitor)) seal();
    if (!isDiskDown) {
      if (isSpoolFull(PREFIX_BYTES + bytes + 1)) return false;
      const segment = tailForAdding();
      try {
        segment.add(text, bytes, visitor);
        size++;
        return true;
      } catch (error) {
        diskFailed(error);
      }
    }
    const segment = tailForAdding();
    if (memoryEvents() >= settings.maxSize || memoryBytes() + bytes + 1 > settings.maxBytes) return false;
    segment.add(text, bytes, visitor);
    size++;
    return true;
  };

  /** What is sent next stays: it would have to be read back at once. */
  const leaveMemory = (segment: Segment): void => {
    for (const first of segments) {
      if (first.waiting === 0) continue;
      if (first !== segment) segment.leaveMemory();
      return;
    }
  };

  const diskVanished = (): void => {
    trouble.report(
      "spool_lost",
      `the spool in ${directory} was removed while it was in use. What is in memory is kept. Let nothing but this SDK touch it`,
    );
    for (const segment of segments) if (!segment.isInPlace) segment.leaveDisk();
    for (const segment of segments) if (segment.undelivered === 0 && segment !== tail) drop(segment);
    disk.moveOut();
    isDiskDown = true;
    heal();
  };

  /** Tries a disk that failed again, and writes down what was kept in memory meanwhile. */
  const heal = (): void => {
    if (!isDiskDown) return;
    try {
      disk.moveIn();
      for (const segment of segments) {
        if (segment.isOnDisk || segment.undelivered === 0) continue;
        segment.store(disk.createSegmentFiles());
        if (segment !== tail) segment.complete();
      }
      if (tail && !tail.isOnDisk) drop(tail);
      isDiskDown = false;
      trouble.healed("spool_unavailable");
      trouble.healed("spool_lost");
    } catch (error) {
      diskFailed(error);
    }
    recount();
  };

  const adopt = (): void => {
    if (isDiskDown || diskBytes() >= maxBytes) return;
    const folders = disk.adopt();
    if (folders.length === 0) return;
    seal();
    rotate();
    let found = 0;
    for (const folder of folders) {
      for (const segment of recoverSegments(folder, context, trouble)) {
        segments.add(segment);
        found += segment.undelivered;
      }
    }
    size += found;
    recount();
    if (found > 0) settings.recovered(found);
  };

  const lookAfterItself = (): void => {
    try {
      if (!disk.beat()) diskVanished();
      heal();
      if (ticks++ % ADOPT_EVERY === 0) adopt();
    } catch (error) {
      diskFailed(error);
    }
    if (tail && tail.undelivered === 0) {
      drop(tail);
      recount();
    }
    if (cannotRead) {
      cannotRead = false;
      // Makes the sender try again.
      settings.recovered(0);
    }
  };

  const tick = (): void => {
    lookAfterItself();
    cancelTick = scheduler.schedule(tick, TICK_MS, false);
  };

  try {
    disk.moveIn();
  } catch (error) {
    diskFailed(error);
  }
  tick();

  return {
    get size() {
      return size;
    },
    get openSize() {
      return tail?.openSize ?? 0;
    },
    get nextSequence() {
      if (waiting > 0) for (const segment of segments) if (segment.waiting > 0) return segment.nextSequence;
      return Number.POSITIVE_INFINITY;
    },
    get durable() {
      return memoryEvents() === 0;
    },
    get heldEvents() {
      return window.events;
    },
    get diskBytes() {
      return diskBytes();
    },

    add,
    seal,

    take() {
      for (const segment of segments) {
        if (segment.waiting === 0) continue;
        const batch = segment.take();
        if (batch) {
          segmentOf.set(batch, segment);
          recount();
          return batch;
        }
        if (segment.undelivered === 0 && segment !== tail) drop(segment);
        recount();
        // Its events cannot be read now: younger ones do not overtake them.
        if (segment.waiting > 0) return undefined;
      }
      return undefined;
    },

    settle(batch) {
      const segment = segmentOf.get(batch);
      if (!segment) return;
      segmentOf.delete(batch);
      size -= segment.settle(batch);
      if (segment.undelivered === 0 && (segment !== tail || segment.diskBytes >= SPENT_BYTES)) drop(segment);
      recount();
    },

    split(batch) {
      const segment = segmentOf.get(batch);
      if (!segment) throw new Error("a batch was split that was not taken");
      segmentOf.delete(batch);
      const halves = segment.split(batch);
      for (const half of halves) segmentOf.set(half, segment);
      recount();
      return halves;
    },

    limitBatchBytes(limit) {
      batching.maxTextBytes = textBytesOf(limit);
    },

    drain() {
      const left = [...segments].filter(({ isOnDisk }) => !isOnDisk).flatMap((segment) => segment.drain());
      size -= left.length;
      recount();
      return left;
    },

    close() {
      cancelTick?.();
      rotate();
      for (const segment of segments) segment.close();
      try {
        disk.close();
      } catch (error) {
        diskFailed(error);
      }
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
