import type { EventQueue } from "./event-queue";

/** What became of the events that were queued when `flush()` or `shutdown()` was called. */
export interface DeliveryReport {
  /** The server has them. */
  readonly delivered: number;
  /** The server refused them for good. */
  readonly refused: number;
  /** Still with the client: kept and tried again, in the spool, or handed to `onUndelivered`. */
  readonly pending: number;
}

interface Barrier {
  /** The newest batch it waits for. */
  readonly sequence: number;
  /** By the monotonic clock: keeps waiting while there is hope. Undefined: one cycle of tries. */
  readonly deadline: number | undefined;
  readonly queuedAtCall: number;
  delivered: number;
  refused: number;
  readonly resolve: (report: DeliveryReport) => void;
}

/** What a barrier has to know of the sender. */
export interface SenderState {
  isUnderWay(sequence: number): boolean;
  isStillToTry(sequence: number): boolean;
  /** Nothing more can be done now, or before the deadline. */
  isHopeless(deadline: number | undefined): boolean;
}

/** Those who wait for everything queued before their call. Each has its own account; none waits for another. */
export interface FlushBarriers {
  add(
    sequence: number,
    deadline: number | undefined,
  ): { readonly report: Promise<DeliveryReport>; release(): void };
  anyWaiting(): boolean;
  settled(sequence: number, delivered: number, refused: number): void;
  /** Lets those go who have nothing more to wait for. */
  check(): void;
}

export function createFlushBarriers(queue: EventQueue, sender: SenderState): FlushBarriers {
  const waiting = new Set<Barrier>();

  const release = (barrier: Barrier): void => {
    waiting.delete(barrier);
    const { queuedAtCall, delivered, refused, resolve } = barrier;
    resolve({ delivered, refused, pending: queuedAtCall - delivered - refused });
  };

  return {
    add(sequence, deadline) {
      let resolve: Barrier["resolve"] = () => {};
      const report = new Promise<DeliveryReport>((fulfil) => {
        resolve = fulfil;
      });
      const barrier = { sequence, deadline, queuedAtCall: queue.size, delivered: 0, refused: 0, resolve };
      waiting.add(barrier);
      return { report, release: () => release(barrier) };
    },
    anyWaiting: () => waiting.size > 0,
    settled(sequence, delivered, refused) {
      for (const barrier of waiting) {
        if (sequence > barrier.sequence) continue;
        barrier.delivered += delivered;
        barrier.refused += refused;
      }
    },
    check() {
      for (const barrier of waiting) {
        const { sequence, deadline } = barrier;
        if (sender.isUnderWay(sequence)) continue;
        if (sender.isHopeless(deadline) || !sender.isStillToTry(sequence)) release(barrier);
      }
    },
  };
}
