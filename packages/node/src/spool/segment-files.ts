import fs from "node:fs";
import path from "node:path";
import type { FlushGroup } from "./flush-group";
import { createRecordFile, type RecordFile } from "./record-file";

/** A part of a journal, small enough to be read at once and deleted when all its events are delivered. */
export interface SegmentFiles {
  readonly events: RecordFile;
  readonly ledger: RecordFile;
}

const EVENTS_FILE = /^(\d{8})\.events$/;
const LEDGER_FILE = /^(\d{8})\.ledger$/;

export function eventsPath(folder: string, number: number): string {
  return path.join(folder, `${String(number).padStart(8, "0")}.events`);
}

export function ledgerPath(folder: string, number: number): string {
  return path.join(folder, `${String(number).padStart(8, "0")}.ledger`);
}

/** The numbers of a folder's segments, oldest first, and of ledgers whose events are gone. */
export function segmentNumbers(names: readonly string[]): { segments: number[]; orphans: number[] } {
  const numbersOf = (pattern: RegExp): number[] =>
    names.flatMap((name) => pattern.exec(name)?.slice(1, 2).map(Number) ?? []).sort((a, b) => a - b);
  const segments = numbersOf(EVENTS_FILE);
  return { segments, orphans: numbersOf(LEDGER_FILE).filter((number) => !segments.includes(number)) };
}

/** Throws what the file system throws, and leaves nothing behind then. */
export function createSegmentFiles(
  folder: string,
  number: number,
  flushGroup: FlushGroup | undefined,
): SegmentFiles {
  const events = createRecordFile(eventsPath(folder, number), flushGroup);
  try {
    return { events, ledger: createRecordFile(ledgerPath(folder, number), flushGroup) };
  } catch (error) {
    events.close();
    fs.rmSync(events.path, { force: true });
    throw error;
  }
}

/** The events go first: a ledger alone says nothing, but events without theirs would be sent again. */
export function removeSegmentFiles({ events, ledger }: SegmentFiles): void {
  events.close();
  ledger.close();
  fs.rmSync(events.path, { force: true });
  fs.rmSync(ledger.path, { force: true });
}
