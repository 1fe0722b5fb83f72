/** How much of a queue is in memory. */
export interface MemoryWindow {
  readonly events: number;
  readonly bytes: number;
  /** Whether events had better be kept on disk only. */
  readonly isFull: boolean;
  /** Less than none: they have left. */
  hold(events: number, bytes: number): void;
}

export function createMemoryWindow(maxEvents: number, maxBytes: number): MemoryWindow {
  let events = 0;
  let bytes = 0;
  return {
    get events() {
      return events;
    },
    get bytes() {
      return bytes;
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
