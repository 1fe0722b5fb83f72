import type { SegOpsError } from "./errors";
import type { EventText } from "./event";
import type { Utf8 } from "./runtime";

/** Whose session token an event has to be sent under. Undefined with a secret key, which may speak for anyone. */
export interface Visitor {
  readonly userId: string;
  readonly anonymousId?: string | undefined;
}

/** Made by `packBatch`. Events sealed together: what a retry, a restart or a second process sends is the same, byte for byte. */
export interface Batch {
  /** A UUID, sent as `Idempotency-Key` by servers. */
  readonly key: string;
  /** Grows with age: the smaller, the older. The halves of a split batch keep its number. */
  readonly sequence: number;
  /** How many events, at least one. */
  readonly eventCount: number;
  /** The events, unpacked anew each time. */
  readonly texts: readonly EventText[];
  /** What the texts take in a body, commas included. */
  readonly bytes: number;
  /** What is sent. */
  readonly body: string;
  /** The same as bytes, where the runtime lends `utf8`. */
  readonly utf8Body?: Uint8Array | undefined;
  readonly visitor: Visitor | undefined;
}

/**
 * Events that are not yet delivered, oldest first. The engine takes sealed batches out and settles them; what
 * was taken and is not settled is still the queue's to keep safe.
 */
export interface EventQueue {
  /** Undelivered events: waiting and taken. */
  readonly size: number;
  /** Events that are in no sealed batch yet. */
  readonly openSize: number;
  /** The sequence of the batch that `take()` would give next; Infinity when there is none. */
  readonly nextSequence: number;
  /** Adds an event. False when the queue is full: the event is not in it. */
  add(text: EventText, visitor: Visitor | undefined): boolean;
  /** Ends the open batch, so that `take()` can give it. Returns the sequence of the newest sealed batch. */
  seal(): number;
  /** The oldest sealed batch that is not taken. */
  take(): Batch | undefined;
  /** Forgets a batch that was delivered or refused. */
  settle(batch: Batch): void;
  /** Replaces a batch of two or more events by its halves, which are taken in its place. */
  split(batch: Batch): readonly [Batch, Batch];
  /** Batches sealed from now on have bodies of at most this many bytes. */
  limitBatchBytes(bytes: number): void;
  /** Whether events survive the end of the process: they are not handed over at shutdown then. */
  readonly durable: boolean;
  /** Takes everything undelivered out, oldest first. */
  drain(): EventText[];
  /** Called once, at the end of shutdown. */
  close?(): void;
}

/** What a queue is built with. */
export interface QueueSettings {
  /** The most undelivered events. */
  readonly maxSize: number;
  /** The most bytes of JSON text. */
  readonly maxBytes: number;
  /** The most bytes of one request's body. */
  readonly maxBatchBytes: number;
  readonly newKey: () => string;
  /** As the runtime lends it. */
  readonly utf8?: Utf8 | undefined;
  /** To be called when undelivered events of an earlier process were found, or of one that died meanwhile. */
  readonly recovered: (events: number) => void;
  /** To be called when events are gone from the place where they were kept. They count as dropped, `queue_lost`. */
  readonly lost: (events: number) => void;
  /** To be called when `take()` may give a batch again that it could not give before. */
  readonly wake: () => void;
  /** To be called when there is trouble with the place where events are kept. */
  readonly report: (error: SegOpsError) => void;
}

export type QueueFactory = (settings: QueueSettings) => EventQueue;
