/**
 * A record is one line: its type, a checksum in hexadecimal, and a body of UTF-8 text without line breaks:
 * `e 1f0c9a3b {"user_id":"ada",…}`. A line that was torn, zeroed or overwritten does not match its checksum.
 */
export type RecordType = "event" | "visitorEvent" | "seal" | "settled" | "complete";

/** A record as it stands in a file's bytes. */
export interface FoundRecord {
  readonly type: RecordType;
  /** Where its line begins. */
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

export const PREFIX_BYTES = "e 1f0c9a3b ".length;
const NEWLINE = 10;
const SPACE = 32;
const HEX = Buffer.from("0123456789abcdef");
/** Kept between records. A larger one is let go again. */
const SCRATCH_BYTES = 256 * 1024;

const LETTER: Readonly<Record<RecordType, number>> = {
  event: letter("e"),
  visitorEvent: letter("v"),
  seal: letter("s"),
  settled: letter("d"),
  complete: letter("c"),
};
const TYPE_OF = new Map(Object.entries(LETTER).map(([type, code]) => [code, type as RecordType]));

const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
const scratchView = viewOf(scratch);

/** A line's bytes, in a buffer that the next call may use again. */
export interface EncodedRecord {
  bytes: Buffer;
  length: number;
}

const encoded: EncodedRecord = { bytes: scratch, length: 0 };

/** Turns a body into a line. What it returns is valid until the next call. */
export function encodeRecord(type: RecordType, body: string): EncodedRecord {
  let bytes = scratch;
  let view = scratchView;
  // No character takes more than three bytes for each of its UTF-16 units.
  if (PREFIX_BYTES + body.length * 3 + 1 > SCRATCH_BYTES) {
    bytes = Buffer.allocUnsafeSlow(PREFIX_BYTES + Buffer.byteLength(body) + 1);
    view = viewOf(bytes);
  }
  const code = LETTER[type];
  const end = PREFIX_BYTES + bytes.write(body, PREFIX_BYTES);
  const sum = checksum(view, code, PREFIX_BYTES, end);
  bytes[0] = code;
  bytes[1] = SPACE;
  for (let digit = 0; digit < 8; digit++) bytes[2 + digit] = HEX[(sum >>> (28 - 4 * digit)) & 15] ?? 0;
  bytes[PREFIX_BYTES - 1] = SPACE;
  bytes[end] = NEWLINE;
  encoded.bytes = bytes;
  encoded.length = end + 1;
  return encoded;
}

/** How long a body's line is. */
export function recordLength(body: string): number {
  return PREFIX_BYTES + Buffer.byteLength(body) + 1;
}

/**
 * Gives every sound record between two places to `visit`, in order.
 *
 * @returns How many lines were no records.
 */
export function readRecords(
  bytes: Buffer,
  from: number,
  to: number,
  visit: (record: FoundRecord) => void,
): number {
  const view = viewOf(bytes);
  let damaged = 0;
  let start = from;
  while (start < to) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 || newline >= to ? to : newline;
    let record = end === to ? undefined : soundRecord(bytes, view, start, end);
    if (!record) {
      damaged++;
      if (end < to) record = recordAfterHole(bytes, view, start, end);
    }
    if (record) visit(record);
    start = end + 1;
  }
  return damaged;
}

/** A hole that a power cut left may end within a line: what follows the zeros is whole. */
function recordAfterHole(bytes: Buffer, view: DataView, start: number, end: number): FoundRecord | undefined {
  if (end - start <= PREFIX_BYTES) return undefined;
  // Within the line only: a file may be damaged from end to end.
  const lastZero = bytes.subarray(start, end).lastIndexOf(0);
  return lastZero < 0 ? undefined : soundRecord(bytes, view, start + lastZero + 1, end);
}

function soundRecord(bytes: Buffer, view: DataView, start: number, end: number): FoundRecord | undefined {
  const bodyStart = start + PREFIX_BYTES;
  if (bodyStart > end) return undefined;
  const code = bytes[start] ?? 0;
  const type = TYPE_OF.get(code);
  if (!type || bytes[start + 1] !== SPACE || bytes[bodyStart - 1] !== SPACE) return undefined;
  const sum = checksum(view, code, bodyStart, end);
  for (let digit = 0; digit < 8; digit++) {
    if (bytes[start + 2 + digit] !== HEX[(sum >>> (28 - 4 * digit)) & 15]) return undefined;
  }
  return { type, start, bodyStart, bodyEnd: end };
}

/** Four bytes a step: fast enough to stand in `track()`. It finds accidents, not forgeries. */
function checksum(view: DataView, seed: number, start: number, end: number): number {
  let sum = Math.imul(seed ^ (end - start), 0x9e3779b1);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    sum = Math.imul(sum ^ view.getInt32(at, true), 0x5bd1e995);
    sum ^= sum >>> 15;
  }
  for (; at < end; at++) {
    sum = Math.imul(sum ^ view.getUint8(at), 0x5bd1e995);
    sum ^= sum >>> 15;
  }
  return sum >>> 0;
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function letter(text: string): number {
  return text.charCodeAt(0);
}
