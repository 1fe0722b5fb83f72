import { EMPTY_BODY_BYTES, MAX_BATCH_EVENTS } from "../batch";
import type { EventText } from "../event";
import type { LightOptions, LightRuntime } from "./light-runtime";

/** Whom events are about, `{"userId":…,"anonymousId":…}`: a text is quickly compared and stored. */
export type VisitorText = string;

/** What may fail and is tried again. */
interface Tried {
  /** How often it failed since the last fresh start. */
  failures: number;
  /** Not to be tried before, by the monotonic clock. */
  dueAt: number;
}

/** One visitor's way to the server: their session token, in memory only, and how it goes. */
export interface Lane extends Tried {
  readonly visitor: VisitorText;
  /** The `Authorization` header. */
  header?: string;
  /** Until when it is worth using, by the monotonic clock. */
  freshUntil: number;
  /** The token was renewed, and nothing was delivered since. */
  isRenewed?: boolean;
}

/** Events of one visitor that are stored, sent and split as one: those of one turn of the host, later of several. */
export interface Batch extends Tried {
  readonly events: EventText[];
  readonly lane: Lane;
  /** How many flushes were called before it: each waits for the batches of its time. */
  readonly flushes: number;
  /** The names it is stored under. None: it is in memory only. */
  readonly keys: string[];
  readonly batchKey: string;
  /** What the events take in a body, commas included. */
  bytes: number;
  /** How often it was sent. */
  attempt: number;
  isUnderWay?: boolean;
}

/** Undelivered events. */
export interface BatchQueue {
  readonly batches: Set<Batch>;
  readonly lanes: Readonly<Record<VisitorText, Lane>>;
  /** What the events of this turn go into. */
  readonly open: Batch | undefined;
  /** How many flushes were called. */
  flushes: number;
  /** How many events are queued. */
  size(): number;
  /** Adds an event. False when the queue is full: the event is not in it. */
  add(event: EventText, bytes: number, visitor: VisitorText): boolean;
  /** Takes in what is stored, or what was split. */
  insert(events: EventText[], visitor: VisitorText, about?: Partial<Batch>): Batch;
  /** Lets the open batch grow no more, and stores what is not stored. */
  close(): void;
}

/** The most bytes of one turn's batch: two fit what a page may send as it goes away. */
const MAX_TURN_BYTES = 28_000;

export function createBatchQueue(
  { maxQueueSize, maxQueueBytes, flushInterval }: LightOptions,
  { now, store, utf8Length }: LightRuntime,
): BatchQueue {
  const batches = new Set<Batch>();
  const lanes: Record<VisitorText, Lane> = {};
  let keys = 0;

  // Of what is queued: counted with the first event of a turn, as the others of the turn only add to it.
  let heldEvents = 0;
  let heldBytes = 0;

  const size = (): number => [...batches].reduce((sum, { events }) => sum + events.length, 0);

  const queue: BatchQueue & { open: Batch | undefined } = {
    batches,
    lanes,
    open: undefined,
    flushes: 0,
    size,
    add(event, bytes, visitor) {
      if (!queue.open) {
        heldEvents = heldBytes = 0;
        for (const batch of batches) {
          heldEvents += batch.events.length;
          heldBytes += batch.bytes;
        }
      }
      if (heldEvents >= maxQueueSize || heldBytes + bytes > maxQueueBytes) return false;
      heldEvents++;
      heldBytes += bytes + 1;
      if (queue.open?.lane.visitor !== visitor || queue.open.bytes + bytes > MAX_TURN_BYTES) {
        queue.close();
        queue.open = queue.insert([], visitor, { dueAt: now() + flushInterval });
      }
      queue.open.events.push(event);
      queue.open.bytes += bytes + 1;
      return true;
    },
    insert(events, visitor, about) {
      lanes[visitor] ??= { visitor, freshUntil: 0, failures: 0, dueAt: 0 };
      const batch: Batch = {
        events,
        lane: lanes[visitor],
        flushes: queue.flushes,
        keys: [],
        batchKey: `${++keys}`,
        bytes: events[0] ? utf8Length(`${events},`) : 0,
        attempt: 0,
        failures: 0,
        dueAt: 0,
        ...about,
      };
      batches.add(batch);
      return batch;
    },
    close() {
      queue.open = undefined;
      for (const batch of batches) if (!batch.keys[0]) store(batch);
    },
  };
  return queue;
}

/** Takes along what may go with a batch. What failed is tried again as it was, without others. */
export function join(batches: Set<Batch>, batch: Batch, maxBytes: number): void {
  const { events, keys, lane, flushes } = batch;
  for (const other of batches)
    if (
      other !== batch &&
      other.lane === lane &&
      other.flushes === flushes &&
      !other.attempt &&
      !other.keys[0] === !keys[0] &&
      EMPTY_BODY_BYTES + batch.bytes + other.bytes <= maxBytes &&
      events.length + other.events.length <= MAX_BATCH_EVENTS
    ) {
      batches.delete(other);
      events.push(...other.events);
      keys.push(...other.keys);
      batch.bytes += other.bytes;
    }
}
