import type { Batch, EventText, Visitor } from "@segops/core";
import type { Batching } from "./batching";
import type { MemoryWindow } from "./memory-window";
import type { SegmentFiles } from "./segment-files";

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
