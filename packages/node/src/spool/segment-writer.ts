import type { Batch, EventText, Visitor } from "@segops/core";
import type { ByteRange } from "./ledger";
import { recordLength } from "./record";
import type { RecordFile } from "./record-file";
import type { SegmentFiles } from "./segment-files";
import { visitorEventBody } from "./segment-reader";

export function appendEvent(file: RecordFile, text: EventText, visitor: Visitor | undefined): void {
  if (visitor) file.append("visitorEvent", visitorEventBody(visitor, text));
  else file.append("event", text);
}

/** What events take in a file. */
export function lengthOfEvents(texts: readonly EventText[], visitor: Visitor | undefined): number {
  return texts.reduce((sum, text) => sum + recordLength(visitor ? visitorEventBody(visitor, text) : text), 0);
}

export function appendEvents(
  file: RecordFile,
  texts: readonly EventText[],
  visitor: Visitor | undefined,
): ByteRange {
  const start = file.size;
  for (const text of texts) appendEvent(file, text, visitor);
  return { start, end: file.size };
}

/** Writes a sealed batch with its key. */
export function appendBatch({ events, ledger }: SegmentFiles, { key, texts, visitor }: Batch): ByteRange {
  const range = appendEvents(events, texts, visitor);
  ledger.append("seal", JSON.stringify({ key, ...range, count: texts.length }));
  return range;
}
