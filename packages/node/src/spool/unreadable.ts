import type { Cancel, Scheduler } from "@segops/core";
import type { Segment } from "./segment";

/** Segments that cannot be read now. They are passed over until they can. */
export interface Unreadable {
  readonly size: number;
  has(segment: Segment): boolean;
  add(segment: Segment): void;
  close(): void;
}

/** When they are tried again, in milliseconds. */
const READ_AGAIN_MS = 15_000;

export function createUnreadable(scheduler: Scheduler, onReadable: () => void): Unreadable {
  const segments = new Set<Segment>();
  let cancel: Cancel | undefined;

  const schedule = (): void => {
    cancel ??= scheduler.schedule(readAgain, READ_AGAIN_MS, false);
  };

  const readAgain = (): void => {
    cancel = undefined;
    const before = segments.size;
    for (const segment of segments) if (segment.isReadable()) segments.delete(segment);
    if (segments.size > 0) schedule();
    if (segments.size < before) onReadable();
  };

  return {
    get size() {
      return segments.size;
    },
    has: (segment) => segments.has(segment),
    add(segment) {
      segments.add(segment);
      schedule();
    },
    close() {
      cancel?.();
      cancel = undefined;
    },
  };
}
