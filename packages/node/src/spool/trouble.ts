import { SegOpsError } from "@segops/core";

/** What can go wrong with a spool. None of it reaches the caller of `track()`. */
export type SpoolErrorCode =
  /** The disk cannot be written: events are kept in memory meanwhile. */
  | "spool_unavailable"
  /** `maxBytes` is reached: further events are refused. */
  | "spool_full"
  /** A file cannot be read now: its events wait. */
  | "spool_unreadable"
  /** The folder was removed under our feet. What is in memory is kept. */
  | "spool_removed"
  /** Events are gone with files that were removed or damaged. The message says how many. Reported every time. */
  | "spool_events_lost"
  /** Parts of a file cannot be read: a torn line, zeros after a power cut. */
  | "spool_damaged"
  /** A file or folder is of a newer version, and left alone. */
  | "spool_newer"
  /** Events of another key or address wait in the directory, and nobody is there who sends them. */
  | "spool_other_destination"
  /** A file has the name of one of ours and is not. It is left alone. */
  | "spool_foreign";

/** Reports trouble once for each kind, until it heals. */
export interface Trouble {
  report(code: SpoolErrorCode, message: string): void;
  /** Reports what is news each time, whatever has been reported before. */
  reportAlways(code: SpoolErrorCode, message: string): void;
  healed(code: SpoolErrorCode): void;
}

export function createTrouble(report: (error: SegOpsError) => void): Trouble {
  const known = new Set<SpoolErrorCode>();
  return {
    report(code, message) {
      if (known.has(code)) return;
      known.add(code);
      report(new SegOpsError(code, message));
    },
    reportAlways: (code, message) => report(new SegOpsError(code, message)),
    healed(code) {
      known.delete(code);
    },
  };
}
