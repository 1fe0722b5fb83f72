import type { QueueSettings } from "@segops/core";
import type { SegmentLimits } from "./journal";

/** How much of a queue is in memory. */
export interface MemoryWindow {
  readonly events: number;
  /** Whether events had better be kept on disk only. */
  readonly isFull: boolean;
  /** Less than none: they have left. */
  hold(events: number, bytes: number): void;
}

/** Leaves room for the segment that is being written, and for one that is read back. */
export function createMemoryWindow(settings: QueueSettings, segment: SegmentLimits): MemoryWindow {
  const maxEvents = settings.maxSize - 2 * segment.events;
  const maxBytes = settings.maxBytes - 2 * segment.bytes;
  let events = 0;
  let bytes = 0;
  return {
    get events() {
      return events;
    },
    get isFull() {
      return events >= maxEvents || bytes >= maxBytes;
    },
    hold(moreEvents, moreBytes) {
      events += moreEvents;
      bytes += moreBytes;
    },
  };
}
