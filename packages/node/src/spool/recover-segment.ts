import fs from "node:fs";
import { sealStored } from "./batching";
import { createSegment } from "./create-segment";
import type { FlushGroup } from "./flush-group";
import { type Ledger, readLedger } from "./ledger";
import {
  createRecordFile,
  formatOf,
  HEADER,
  isGone,
  isNewerFormat,
  type RecordFile,
  reopenRecordFile,
} from "./record-file";
import type { Segment, SegmentContext, SegmentPast } from "./segment";
import { eventsPath, ledgerPath, removeSegmentFiles, type SegmentFiles } from "./segment-files";
import { readSegment } from "./segment-reader";
import type { Trouble } from "./trouble";

/** Where a segment is. */
export interface SegmentPlace {
  readonly folder: string;
  readonly number: number;
}

/**
 * Goes on with a segment that another owner wrote. Undefined: there is nothing in it to deliver. Throws what the file
 * system throws, and may be called again then.
 */
export function recoverSegment(
  { folder, number }: SegmentPlace,
  context: SegmentContext,
  flushGroup: FlushGroup | undefined,
  trouble: Trouble,
): Segment | undefined {
  const file = eventsPath(folder, number);
  const { size } = fs.statSync(file);
  const isNewer = isNewerFormat(formatOf(firstBytes(file)));
  const [ledgerFile, ledger] = isNewer ? [] : openLedger(ledgerPath(folder, number), flushGroup);
  if (!ledgerFile || !ledger) {
    trouble.report(
      "spool_newer",
      `${file} was written by a newer version of this SDK. It is left alone: run the newer version to deliver it`,
    );
    return undefined;
  }
  const files = { events: reopenRecordFile(file, size), ledger: ledgerFile };
  const { complete, settledEvents, seals } = ledger;
  // Whoever completed a segment has counted it: its events need not be read until they are sent.
  const past =
    complete?.bytes === size
      ? { events: complete.events - settledEvents, batches: seals.length }
      : completeSegment(files, ledger, context, trouble);
  if (!past) return undefined;
  if (past.events > 0) return createSegment(context, files, past);
  removeSegmentFiles(files);
  return undefined;
}

/** Does what the owner would have done: seals what is unsealed, and counts. */
function completeSegment(
  files: SegmentFiles,
  ledger: Ledger,
  context: SegmentContext,
  trouble: Trouble,
): SegmentPast | undefined {
  const { events, ledger: ledgerFile } = files;
  const bytes = events.read();
  const { batches, unsealed, records, damaged } = readSegment(bytes, ledger);
  if (HEADER.subarray(0, bytes.length).equals(bytes)) return { events: 0, batches: 0 };
  if (records === 0 && formatOf(bytes) === undefined) {
    if (ledgerFile.size === HEADER.length) fs.rmSync(ledgerFile.path, { force: true });
    trouble.report(
      "spool_foreign",
      `${events.path} is no file of the spool's. It is left alone: move it away`,
    );
    return undefined;
  }
  if (damaged > 0) {
    trouble.report(
      "spool_damaged",
      `${damaged} line(s) of ${events.path} cannot be read and are skipped: a process or the machine was stopped while writing, or the disk is faulty`,
    );
  }
  const late = sealStored(context.batching, unsealed);
  const found = [...batches, ...late].reduce((sum, { texts }) => sum + texts.length, 0);
  try {
    for (const { key, start, end, texts } of late) {
      ledgerFile.append("seal", JSON.stringify({ key, start, end, count: texts.length }));
    }
    const complete = { events: ledger.settledEvents + found, bytes: events.size };
    ledgerFile.append("complete", JSON.stringify(complete));
  } catch (error) {
    context.onWriteError(error);
  }
  return { events: found, batches: batches.length + late.length };
}

/** Nothing, if it is of a newer version. */
function openLedger(file: string, flushGroup: FlushGroup | undefined): [RecordFile, Ledger] | [] {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    if (!isGone(error)) throw error;
    bytes = Buffer.alloc(0);
  }
  if (isNewerFormat(formatOf(bytes))) return [];
  if (bytes.length < HEADER.length) {
    fs.rmSync(file, { force: true });
    return [createRecordFile(file, flushGroup), readLedger(bytes, bytes.length)];
  }
  // A torn last line would spoil the next one.
  const size = bytes.lastIndexOf("\n") + 1;
  if (size < bytes.length) fs.truncateSync(file, size);
  return [reopenRecordFile(file, size, flushGroup), readLedger(bytes, HEADER.length)];
}

function firstBytes(file: string): Buffer {
  const bytes = Buffer.alloc(64);
  const fd = fs.openSync(file, "r");
  try {
    return bytes.subarray(0, fs.readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    fs.closeSync(fd);
  }
}
