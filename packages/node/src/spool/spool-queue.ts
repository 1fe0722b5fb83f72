import type { Batch, EventQueue, QueueSettings } from "@segops/core";
import { createBatching, textBytesOf } from "./batching";
import { createCaretaker } from "./caretaker";
import { HOME_BYTES } from "./home";
import { createJournal, type DiskState, segmentLimits } from "./journal";
import { createLosses } from "./losses";
import { createMemoryWindow } from "./memory-window";
import { PREFIX_BYTES } from "./record";
import type { Segment, SegmentContext } from "./segment";
import { createSpoolDisk, type SpoolDependencies } from "./spool-disk";
import type { ResolvedSpoolOptions } from "./spool-options";
import { createTrouble } from "./trouble";
import { createUnreadable } from "./unreadable";

/** A queue on disk. What is in memory of it is a window. */
export interface SpoolQueue extends EventQueue {
  /** Events that are in memory. */
  readonly heldEvents: number;
  /** What the spool takes on disk. */
  readonly diskBytes: number;
}

/** Below this a segment whose events are all delivered is kept a while for more. */
const SPENT_BYTES = 1_000_000;

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
  const trouble = createTrouble(settings.report);
  const losses = createLosses(directory, trouble);
  const batching = createBatching(settings);
  const limits = segmentLimits(settings, maxBytes);
  const window = createMemoryWindow(settings, limits);
  const segmentOf = new Map<Batch, Segment>();
  let size = 0;
  const unreadable = createUnreadable(dependencies.scheduler, () => settings.wake());

  const state: DiskState = {
    isDown: false,
    failed(error) {
      state.isDown = true;
      trouble.report(
        "spool_unavailable",
        `the spool in ${directory} cannot be written: ${reasonOf(error)}. Events are kept in memory until it can; check the disk's space and the permissions`,
      );
    },
  };

  const context: SegmentContext = {
    batching,
    window,
    onWriteError: state.failed,
    onReadError(error, path) {
      trouble.report(
        "spool_unreadable",
        `${path} cannot be read: ${reasonOf(error)}. Its events wait until it can; others are sent meanwhile`,
      );
    },
    onLost(events, path) {
      size -= events;
      settings.lost(events);
      losses.add(events, path);
    },
  };
  const disk = createSpoolDisk(options, dependencies, trouble, state.failed);
  const journal = createJournal(context, limits, disk, state);
  const caretaker = createCaretaker(
    context,
    journal,
    disk,
    state,
    directory,
    dependencies.scheduler,
    trouble,
    (events) => {
      size += events;
      if (events > 0) settings.recovered(events);
    },
  );

  const seal = (): number => {
    const { tail } = journal;
    try {
      if (tail && tail.openSize > 0 && !tail.isInPlace) caretaker.diskVanished();
    } catch (error) {
      state.failed(error);
    }
    journal.seal();
    return batching.sequence;
  };

  const isFull = (moreBytes: number): boolean => {
    if (journal.ownDiskBytes + moreBytes <= maxBytes) return false;
    // What fills the disk may be delivered already.
    if (journal.tail?.undelivered === 0) journal.rotate();
    if (journal.ownDiskBytes + moreBytes <= maxBytes) return false;
    trouble.report(
      "spool_full",
      `the spool in ${directory} has reached ${options.maxBytes} bytes with ${size} undelivered event(s). New events are refused until some are delivered; raise spool.maxBytes`,
    );
    return true;
  };

  caretaker.start();

  return {
    get size() {
      return size;
    },
    get openSize() {
      return journal.tail?.openSize ?? 0;
    },
    get nextSequence() {
      if (journal.waiting > 0) {
        for (const segment of journal.segments) {
          if (segment.waiting > 0 && !unreadable.has(segment)) return segment.nextSequence;
        }
      }
      return Number.POSITIVE_INFINITY;
    },
    get durable() {
      return journal.memoryEvents === 0;
    },
    get heldEvents() {
      return window.events;
    },
    get diskBytes() {
      return journal.diskBytes;
    },

    add(text, visitor) {
      const bytes = Buffer.byteLength(text);
      if (journal.tail?.needsSeal(bytes, visitor)) seal();
      if (!state.isDown) {
        if (isFull(PREFIX_BYTES + bytes + 1)) return false;
        try {
          journal.tailForAdding().add(text, bytes, visitor);
          size++;
          return true;
        } catch (error) {
          state.failed(error);
        }
      }
      const tail = journal.tailForAdding();
      const isMemoryFull =
        journal.memoryEvents >= settings.maxSize || journal.memoryBytes + bytes + 1 > settings.maxBytes;
      if (isMemoryFull) return false;
      tail.add(text, bytes, visitor);
      size++;
      return true;
    },

    seal,

    take() {
      for (const segment of journal.segments) {
        // What cannot be read now holds nobody up: younger events overtake it.
        if (segment.waiting === 0 || unreadable.has(segment)) continue;
        const batch = segment.take();
        if (batch) {
          segmentOf.set(batch, segment);
          if (unreadable.size === 0) trouble.healed("spool_unreadable");
        } else if (segment.waiting > 0) {
          unreadable.add(segment);
        } else if (segment.undelivered === 0 && segment !== journal.tail) {
          journal.drop(segment);
        }
        journal.recount();
        if (batch) return batch;
      }
      return undefined;
    },

    settle(batch) {
      const segment = segmentOf.get(batch);
      if (!segment) return;
      segmentOf.delete(batch);
      size -= segment.settle(batch);
      const isSpent = segment !== journal.tail || segment.diskBytes >= SPENT_BYTES;
      if (segment.undelivered === 0 && isSpent) journal.drop(segment);
      journal.recount();
      if (journal.ownDiskBytes < 0.9 * maxBytes) trouble.healed("spool_full");
    },

    split(batch) {
      const segment = segmentOf.get(batch);
      if (!segment) throw new Error("a batch was split that was not taken");
      segmentOf.delete(batch);
      const halves = segment.split(batch);
      for (const half of halves) segmentOf.set(half, segment);
      journal.recount();
      return halves;
    },

    limitBatchBytes(limit) {
      batching.maxTextBytes = textBytesOf(limit);
    },

    /** Only what the disk did not take: the rest survives. */
    drain() {
      const inMemory = [...journal.segments].filter(({ isOnDisk }) => !isOnDisk);
      const left = inMemory.flatMap((segment) => segment.drain());
      size -= left.length;
      journal.recount();
      return left;
    },

    close() {
      caretaker.stop();
      unreadable.close();
      losses.tell();
      journal.rotate();
      for (const segment of journal.segments) segment.close();
      segmentOf.clear();
      try {
        disk.close();
      } catch (error) {
        state.failed(error);
      }
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
