import type { EventText, Visitor } from "@segops/core";
import type { ByteRange, Ledger } from "./ledger";
import { type FoundRecord, readRecords } from "./record";
import { formatOf, HEADER } from "./record-file";

const TAB = 9;

/** An undelivered event as it was read back. */
export interface StoredEvent extends ByteRange {
  readonly text: EventText;
  /** What the text takes in a body, its comma included. */
  readonly bytes: number;
  readonly visitor: Visitor | undefined;
}

/** Events under one key. */
export interface StoredBatch extends ByteRange {
  readonly key: string;
  readonly texts: EventText[];
  bytes: number;
  visitor: Visitor | undefined;
}

export interface StoredSegment {
  readonly batches: StoredBatch[];
  /** In no batch yet. */
  readonly unsealed: StoredEvent[];
  /** Sound records of any kind, settled or not. */
  readonly records: number;
  /** Lines that cannot be read. */
  readonly damaged: number;
}

/** What `track()` writes for an event that has to be sent under its visitor's token. */
export function visitorEventBody(visitor: Visitor, text: EventText): string {
  return `${JSON.stringify(visitor)}\t${text}`;
}

/** Reads the undelivered events of a segment back, from a place on. */
export function readSegment(bytes: Buffer, ledger: Ledger, from = 0): StoredSegment {
  const batches: StoredBatch[] = ledger.seals
    .filter(({ start }) => start >= from)
    .map(({ key, start, end }) => ({ key, start, end, texts: [], bytes: 0, visitor: undefined }));
  const unsealed: StoredEvent[] = [];
  const { settled } = ledger;
  let nextSettled = 0;
  let nextBatch = 0;
  let records = 0;

  const visit = (record: FoundRecord): void => {
    records++;
    const { start } = record;
    if (record.type !== "event" && record.type !== "visitorEvent") return;
    while ((settled[nextSettled]?.end ?? Number.POSITIVE_INFINITY) <= start) nextSettled++;
    if ((settled[nextSettled]?.start ?? Number.POSITIVE_INFINITY) <= start) return;
    while ((batches[nextBatch]?.end ?? Number.POSITIVE_INFINITY) <= start) nextBatch++;
    const event = eventOf(bytes, record);
    const batch = batches[nextBatch];
    if (batch && batch.start <= start) {
      batch.texts.push(event.text);
      batch.bytes += event.bytes;
      batch.visitor = event.visitor;
    } else {
      unsealed.push(event);
    }
  };

  const firstRecord = formatOf(bytes) === undefined ? 0 : HEADER.length;
  const damaged = readRecords(bytes, Math.max(from, firstRecord), bytes.length, visit);
  return { batches: batches.filter(({ texts }) => texts.length > 0), unsealed, records, damaged };
}

/** Where the events between two places begin. */
export function eventStarts(bytes: Buffer, { start, end }: ByteRange): number[] {
  const starts: number[] = [];
  readRecords(bytes, start, end, (record) => starts.push(record.start));
  return starts;
}

function eventOf(bytes: Buffer, { type, start, bodyStart, bodyEnd }: FoundRecord): StoredEvent {
  let textStart = bodyStart;
  let visitor: Visitor | undefined;
  if (type === "visitorEvent") {
    const tab = bytes.indexOf(TAB, bodyStart);
    visitor = JSON.parse(bytes.toString("utf8", bodyStart, tab));
    textStart = tab + 1;
  }
  return {
    start,
    end: bodyEnd + 1,
    text: bytes.toString("utf8", textStart, bodyEnd),
    bytes: bodyEnd - textStart + 1,
    visitor,
  };
}
