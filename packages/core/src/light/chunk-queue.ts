import type { EventText } from "../event";
import { utf8Length } from "../utf8-length";
import type { LightOptions, LightRuntime } from "./light-runtime";

/** Whom events are about, `[userId, anonymousId]` as JSON: a text is quickly compared and stored. */
export type VisitorText = string;

/** The events of one turn of the host, all of one visitor: what is stored, sent and split as one. */
export interface Chunk {
  readonly texts: EventText[];
  readonly visitor: VisitorText;
  /** Grows with age: the smaller, the older. The halves of a split chunk keep its number. */
  readonly sequence: number;
  /** What the texts take in a body, commas included. */
  bytes: number;
  /** When it is to be sent, by the monotonic clock. */
  dueAt: number;
  /** How often it was sent. */
  tries: number;
  /** How often that failed since the last fresh start. */
  failures: number;
  /** The batch it was last sent in: what failed together is tried again together, without others. 0: never sent. */
  batch: number;
  isUnderWay?: boolean;
  /** The name it is stored under. Undefined: it is in memory only. */
  key?: string | undefined;
}

/** Undelivered events. */
export interface ChunkQueue {
  readonly chunks: ReadonlySet<Chunk>;
  /** Adds an event. False when the queue is full: the event is not in it. */
  add(text: EventText, bytes: number, visitor: VisitorText): boolean;
  /** Takes in what is stored, or what was split. */
  insert(texts: EventText[], visitor: VisitorText, about?: Partial<Chunk>): Chunk;
  /** Ends the open chunk and stores what is not stored. The highest sequence so far. */
  close(): number;
  remove(chunk: Chunk): void;
  /** Leaves a stored chunk to another page. */
  forget(chunk: Chunk): void;
}

/** The most bytes of a chunk of more than one event: two fit what a page may send as it goes away. */
const MAX_CHUNK_BYTES = 28_000;

export function eventsIn(chunks: Iterable<Chunk>): number {
  let events = 0;
  for (const { texts } of chunks) events += texts.length;
  return events;
}

export function createChunkQueue(
  { maxQueueSize, maxQueueBytes, flushInterval }: LightOptions,
  { now, store, unstore }: LightRuntime,
): ChunkQueue {
  const chunks = new Set<Chunk>();
  let open: Chunk | undefined;
  let sequence = 0;

  const insert: ChunkQueue["insert"] = (texts, visitor, about) => {
    const bytes = texts.reduce((sum, text) => sum + utf8Length(text) + 1, 0);
    const chunk = {
      texts,
      visitor,
      sequence: ++sequence,
      bytes,
      dueAt: 0,
      tries: 0,
      failures: 0,
      batch: 0,
      ...about,
    };
    chunks.add(chunk);
    return chunk;
  };

  const close = (): number => {
    open = undefined;
    for (const chunk of chunks) if (!chunk.key) store(chunk);
    return sequence;
  };

  return {
    chunks,
    insert,
    close,
    add(text, bytes, visitor) {
      let queued = bytes;
      for (const chunk of chunks) queued += chunk.bytes;
      if (eventsIn(chunks) >= maxQueueSize || queued > maxQueueBytes) return false;
      if (!open || open.bytes + bytes > MAX_CHUNK_BYTES || open.visitor !== visitor) {
        close();
        open = insert([], visitor, { dueAt: now() + flushInterval });
      }
      open.texts.push(text);
      open.bytes += bytes + 1;
      return true;
    },
    forget: (chunk) => void chunks.delete(chunk),
    remove(chunk) {
      chunks.delete(chunk);
      unstore(chunk);
    },
  };
}
