import type { EventText } from "./event";
import type { Visitor } from "./event-queue";
import { utf8Length } from "./utf8-length";

/** In UTF-8 a UTF-16 unit takes at most so many bytes. */
const MAX_BYTES_PER_UNIT = 3;

/** The bytes of a text and its comma, or a few more: to know them exactly takes a fifth of a `track()`. */
export function bytesAtMost(text: EventText): number {
  return text.length * MAX_BYTES_PER_UNIT + 1;
}

/** Events that will leave together, while they come. */
export interface OpenBatch {
  readonly texts: EventText[];
  readonly visitor: Visitor | undefined;
  /** What the texts take in a body, commas included, or a few more. */
  bytes: number;
  /** So many texts are counted exactly. */
  counted: number;
}

export function newOpenBatch(visitor: Visitor | undefined): OpenBatch {
  return { texts: [], visitor, bytes: 0, counted: 0 };
}

/** For when the estimate does not fit: makes it exact. */
export function countBytes(open: OpenBatch): void {
  for (const text of open.texts.slice(open.counted)) open.bytes += utf8Length(text) + 1 - bytesAtMost(text);
  open.counted = open.texts.length;
}

export function isOfVisitor({ visitor }: OpenBatch, other: Visitor | undefined): boolean {
  return visitor?.userId === other?.userId && visitor?.anonymousId === other?.anonymousId;
}
