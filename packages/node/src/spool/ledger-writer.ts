import type { Complete, Seal, Settled } from "./ledger";
import type { RecordFile } from "./record-file";

type LedgerRecord = ["seal", Seal] | ["settled", Settled] | ["complete", Complete];

/** Writes what is known of a segment's events. */
export interface LedgerWriter {
  /** What the disk does not take is tried again, first, with the next call. */
  write(...records: LedgerRecord[]): void;
}

/** @param file Undefined: the segment is in memory only, and nothing is written. */
export function createLedgerWriter(
  file: RecordFile | undefined,
  onError: (error: unknown) => void,
): LedgerWriter {
  const unwritten: LedgerRecord[] = [];
  return {
    write(...records) {
      if (!file) return;
      unwritten.push(...records);
      try {
        for (let record = unwritten[0]; record; record = unwritten[0]) {
          file.append(record[0], JSON.stringify(record[1]));
          unwritten.shift();
        }
      } catch (error) {
        onError(error);
      }
    },
  };
}
