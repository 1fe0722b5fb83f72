import fs from "node:fs";
import path from "node:path";
import { destinationOf } from "./home";
import { readLedger } from "./ledger";
import { HEADER } from "./record-file";
import { eventsPath, ledgerPath, segmentNumbers } from "./segment-files";
import { readSegment } from "./segment-reader";

/** Stands before the name of a folder that was taken over. */
export const ADOPTED_PREFIX = /^(\d{8}|claimed)\./;

/** The folders that the owner of this one had taken over, oldest first. */
export function adoptedFolders(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter(
      (child) => ADOPTED_PREFIX.test(child) && destinationOf(child.replace(ADOPTED_PREFIX, "")) !== undefined,
    )
    .sort()
    .map((child) => path.join(folder, child));
}

/** Whether there is an event in an owner's folder that was not delivered. It changes nothing there. */
export function holdsUndelivered(folder: string): boolean {
  try {
    const { segments } = segmentNumbers(fs.readdirSync(folder));
    return (
      segments.some((number) => isUndelivered(folder, number)) ||
      adoptedFolders(folder).some(holdsUndelivered)
    );
  } catch {
    return false;
  }
}

function isUndelivered(folder: string, number: number): boolean {
  const events = fs.readFileSync(eventsPath(folder, number));
  const { batches, unsealed } = readSegment(events, readLedger(ledgerBytes(folder, number), HEADER.length));
  return batches.length > 0 || unsealed.length > 0;
}

function ledgerBytes(folder: string, number: number): Buffer {
  try {
    return fs.readFileSync(ledgerPath(folder, number));
  } catch {
    return Buffer.alloc(0);
  }
}
