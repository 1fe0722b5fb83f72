import { EMPTY_BODY_BYTES } from "./batch";
import type { EventText } from "./event";
import type { Batch, Visitor } from "./event-queue";
import type { Utf8 } from "./runtime";
import { utf8Length } from "./utf8-length";

const BODY_START = '{"events":[';

/** What a batch is made of. */
export interface BatchContent {
  /** A UUID. */
  readonly key: string;
  /** Grows with age: the smaller, the older. */
  readonly sequence: number;
  /** One or more. */
  readonly texts: readonly EventText[];
  /** Whose token they have to be sent under. Undefined with a secret key. */
  readonly visitor: Visitor | undefined;
}

/**
 * Joins events into the body they leave in: how every queue makes its batches. With `utf8` the body is kept as bytes,
 * where the garbage collector need not look; without it as text.
 */
export function packBatch(content: BatchContent, utf8?: Utf8): Batch {
  const { key, sequence, texts, visitor } = content;
  const body = utf8 ? packedBody(utf8, utf8.encode(bodyOf(texts))) : plainBody(bodyOf(texts));
  const lengths = lengthsOf(texts);
  return {
    key,
    sequence,
    visitor,
    eventCount: lengths.length,
    bytes: body.bytes - EMPTY_BODY_BYTES + 1,
    utf8Body: body.utf8Body,
    get body() {
      return body.read();
    },
    get texts() {
      return textsIn(body.read(), lengths);
    },
  };
}

/** Joined in one go: what is put around a joined text makes another copy of it. */
function bodyOf(texts: readonly EventText[]): string {
  const parts = [...texts];
  parts[0] = BODY_START + parts[0];
  parts[parts.length - 1] += "]}";
  return parts.join(",");
}

/** Made by functions of their own: a closure within `packBatch` would keep the joined text beside its bytes. */
interface Body {
  readonly bytes: number;
  readonly utf8Body: Uint8Array | undefined;
  read(): string;
}

function plainBody(text: string): Body {
  return { bytes: utf8Length(text), utf8Body: undefined, read: () => text };
}

function packedBody(utf8: Utf8, utf8Body: Uint8Array): Body {
  return { bytes: utf8Body.length, utf8Body, read: () => utf8.decode(utf8Body) };
}

/** The halves of a batch of two or more events: in its place, under keys of their own. */
export function halvesOf(batch: Batch, newKey: () => string, utf8?: Utf8): [Batch, Batch] {
  const { sequence, texts, visitor } = batch;
  const middle = texts.length >> 1;
  const half = (part: readonly EventText[]): Batch =>
    packBatch({ key: newKey(), sequence, texts: part, visitor }, utf8);
  return [half(texts.slice(0, middle)), half(texts.slice(middle))];
}

// By hand: Uint32Array.from with a function takes as long as joining the texts.
function lengthsOf(texts: readonly EventText[]): Uint32Array {
  const lengths = new Uint32Array(texts.length);
  for (let index = 0; index < texts.length; index++) lengths[index] = texts[index]?.length ?? 0;
  return lengths;
}

function textsIn(body: string, lengths: Uint32Array): EventText[] {
  let start = BODY_START.length;
  return Array.from(lengths, (length) => {
    const text = body.slice(start, start + length);
    start += length + 1;
    return text;
  });
}
