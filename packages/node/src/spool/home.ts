import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { threadId } from "node:worker_threads";
import type { Processes } from "./processes";
import { FILE_MODE, FOLDER_MODE, isGone } from "./record-file";

export const OWNER_FILE = "owner.json";
export const BEAT_FILE = "beat";
/** The owner's record under another name: renaming works on a full disk too. */
export const RELEASED_FILE = "released";
/** Bytes to give up when the disk is too full for anybody to move in and deliver what fills it. */
export const RESERVE_FILE = "reserve";
export const OWNER_FORMAT = 1;

/** In the order in which they may go. */
const OWN_FILES: readonly string[] = [RESERVE_FILE, BEAT_FILE, OWNER_FILE, RELEASED_FILE];
const BEAT_LENGTH = 20;
const RESERVE_BYTES = 32 * 1024;
/** What a home takes on disk at most, without any event. */
export const HOME_BYTES = RESERVE_BYTES + 8 * 1024;
const OWNER_FOLDER = /^([0-9a-f]{16})\.\d+\.\d+\.[0-9a-f]{16}$/;

/** A client's own part of the spool: a folder that nobody else writes to while it lives. */
export interface Home {
  readonly folder: string;
  /** Shows that the owner lives. Throws what the file system throws. */
  beat(): void;
  /** Throws when that cannot be told. */
  isInPlace(): boolean;
  /** Others may have it from now on: what is left in it. It is removed when that is nothing. */
  leave(): void;
}

/** Whose events a folder holds, if it is an owner's. */
export function destinationOf(folderName: string): string | undefined {
  return OWNER_FOLDER.exec(folderName)?.[1];
}

/** Moves into a new folder. Throws what the file system throws. */
export function createHome(
  directory: string,
  destination: string,
  processes: Processes,
  startedAt: number,
): Home {
  fs.mkdirSync(directory, { recursive: true, mode: FOLDER_MODE });
  const name = `${destination}.${process.pid}.${threadId}.${randomBytes(8).toString("hex")}`;
  const folder = path.join(directory, name);
  fs.mkdirSync(folder, { mode: FOLDER_MODE });
  const write = (file: string, content: string | Buffer): void =>
    fs.writeFileSync(path.join(folder, file), content, { mode: FILE_MODE });

  const paddedBeat = (): string => processes.beat().padStart(BEAT_LENGTH);
  try {
    write(BEAT_FILE, paddedBeat());
    write(OWNER_FILE, JSON.stringify({ format: OWNER_FORMAT, ...processes.describe(), startedAt }));
  } catch (error) {
    removeFolder(folder);
    throw error;
  }
  try {
    write(RESERVE_FILE, randomBytes(RESERVE_BYTES));
  } catch {
    // There is still room for us.
  }
  return {
    folder,
    beat() {
      // In place, and not truncated first: it never reads as empty, and needs no room.
      const fd = fs.openSync(path.join(folder, BEAT_FILE), "r+");
      try {
        fs.writeSync(fd, paddedBeat(), 0);
      } finally {
        fs.closeSync(fd);
      }
    },
    isInPlace() {
      try {
        fs.statSync(path.join(folder, OWNER_FILE));
        return true;
      } catch (error) {
        if (isGone(error)) return false;
        throw error;
      }
    },
    leave() {
      fs.renameSync(path.join(folder, OWNER_FILE), path.join(folder, RELEASED_FILE));
      removeFolder(folder);
    },
  };
}

/** Removes an owner's folder, unless there is something in it that was not delivered, or is not ours. */
export function removeFolder(folder: string): void {
  try {
    if (fs.readdirSync(folder).some((name) => !OWN_FILES.includes(name))) return;
    for (const name of OWN_FILES) fs.rmSync(path.join(folder, name), { force: true });
    fs.rmdirSync(folder);
  } catch {
    // Somebody else has taken it over.
  }
}
