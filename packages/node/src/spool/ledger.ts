import { type FoundRecord, readRecords } from "./record";

/** Bytes of an events file that belong together, from the start of a record to the end of another. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** These events are one batch, under this key. A later seal over the same bytes replaces it: a split. */
export interface Seal extends ByteRange {
  readonly key: string;
  readonly count: number;
}

/** These events were delivered or refused. */
export interface Settled extends ByteRange {
  readonly count: number;
}

/** The events file has this many events in this many bytes, and gets no more. All are sealed. */
export interface Complete {
  readonly events: number;
  readonly bytes: number;
}

/** What is known of the events of one segment. It stands in a file beside them, so that events are written once. */
export interface Ledger {
  /** Batches that are not settled, by their place. */
  readonly seals: readonly Seal[];
  /** By their place. */
  readonly settled: readonly Settled[];
  readonly settledEvents: number;
  readonly complete: Complete | undefined;
}

export function readLedger(bytes: Buffer, from: number): Ledger {
  let seals: Seal[] = [];
  const settled: Settled[] = [];
  let complete: Complete | undefined;
  let sealedUpTo = 0;

  const addSeal = (seal: Seal): void => {
    if (seal.start < sealedUpTo) seals = seals.filter((other) => !overlap(other, seal));
    sealedUpTo = Math.max(sealedUpTo, seal.end);
    seals.push(seal);
  };

  readRecords(bytes, from, bytes.length, (record) => {
    const body = bodyOf(bytes, record);
    if (record.type === "seal") addSeal(body as Seal);
    if (record.type === "settled") settled.push(body as Settled);
    if (record.type === "complete") complete = body as Complete;
  });

  settled.sort(byPlace);
  const settledAt = new Map(settled.map((range) => [range.start, range.end]));
  return {
    seals: seals.filter(({ start, end }) => settledAt.get(start) !== end).sort(byPlace),
    settled,
    settledEvents: settled.reduce((sum, { count }) => sum + count, 0),
    complete,
  };
}

function bodyOf(bytes: Buffer, { bodyStart, bodyEnd }: FoundRecord): unknown {
  return JSON.parse(bytes.toString("utf8", bodyStart, bodyEnd));
}

function overlap(one: ByteRange, other: ByteRange): boolean {
  return one.start < other.end && other.start < one.end;
}

function byPlace(one: ByteRange, other: ByteRange): number {
  return one.start - other.start;
}
