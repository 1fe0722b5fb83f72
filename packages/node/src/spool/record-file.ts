import fs from "node:fs";
import type { FlushGroup } from "./flush-group";
import { encodeRecord, type RecordType } from "./record";

/** The first line of every file of the spool. */
export const HEADER = Buffer.from("segops-spool 1\n");
const HEADER_PATTERN = /^segops-spool (\d+)\n/;
const FORMAT = 1;
const NEWLINE = Buffer.from("\n");

/** Events may be personal data: nobody else reads them. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

const { O_RDWR, O_APPEND, O_CREAT, O_EXCL } = fs.constants;

/** A file that records are appended to, one write each. */
export interface RecordFile {
  readonly path: string;
  /** Where the next record will begin. */
  readonly size: number;
  /** Throws what the file system throws, and leaves the file as it was then; at worst with a torn line more. */
  append(type: RecordType, body: string): void;
  /** Everything that was appended. */
  read(): Buffer;
  /** Whether the path still leads to this file: no if it was deleted, or moved. Throws when that cannot be told. */
  isInPlace(): boolean;
  close(): void;
}

/** Makes a new file. Throws what the file system throws. */
export function createRecordFile(path: string, flushGroup: FlushGroup | undefined): RecordFile {
  const fd = fs.openSync(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL, FILE_MODE);
  const file = recordFile(path, 0, fd, flushGroup);
  try {
    file.appendBytes(HEADER, HEADER.length);
  } catch (error) {
    file.close();
    fs.rmSync(path, { force: true });
    throw error;
  }
  flushGroup?.created(path);
  return file;
}

/** Goes on with a file that is there. It is opened when something is appended. */
export function reopenRecordFile(path: string, size: number, flushGroup?: FlushGroup): RecordFile {
  return recordFile(path, size, undefined, flushGroup);
}

/** What a file's first line says: its format's number; undefined when it is not the spool's, or broken. */
export function formatOf(bytes: Buffer): number | undefined {
  const match = HEADER_PATTERN.exec(bytes.toString("latin1", 0, 40));
  return match ? Number(match[1]) : undefined;
}

export function isNewerFormat(format: number | undefined): boolean {
  return format !== undefined && format > FORMAT;
}

/** Whether an error says that there is no such file. Others may pass: a permission, a disk that does not answer. */
export function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

function recordFile(
  path: string,
  initialSize: number,
  initialFd: number | undefined,
  flushGroup: FlushGroup | undefined,
): RecordFile & { appendBytes(bytes: Buffer, length: number): void } {
  let size = initialSize;
  let fd = initialFd;
  let isTorn = false;

  /** What comes next is not to be taken for the rest of it. */
  const endTornLine = (file: number): void => {
    size += fs.writeSync(file, NEWLINE, 0, NEWLINE.length);
    isTorn = false;
  };

  const appendBytes = (bytes: Buffer, length: number): void => {
    // Without O_CREAT: a file that was deleted is not to come back with its end only.
    fd ??= fs.openSync(path, O_RDWR | O_APPEND);
    let written = 0;
    try {
      if (isTorn) endTornLine(fd);
      written = fs.writeSync(fd, bytes, 0, length);
      while (written < length) written += fs.writeSync(fd, bytes, written, length - written);
    } catch (error) {
      if (written > 0 && !takeBack(fd, size)) {
        size += written;
        isTorn = true;
      }
      throw error;
    }
    size += length;
    flushGroup?.written(fd);
  };

  return {
    path,
    get size() {
      return size;
    },
    appendBytes,
    append(type, body) {
      const { bytes, length } = encodeRecord(type, body);
      appendBytes(bytes, length);
    },
    read() {
      if (fd === undefined) return fs.readFileSync(path).subarray(0, size);
      const bytes = Buffer.allocUnsafeSlow(size);
      let read = 0;
      while (read < size) {
        const more = fs.readSync(fd, bytes, read, size - read, read);
        if (more === 0) break;
        read += more;
      }
      return bytes.subarray(0, read);
    },
    isInPlace() {
      try {
        const there = fs.statSync(path);
        return fd === undefined || there.ino === fs.fstatSync(fd).ino;
      } catch (error) {
        if (isGone(error)) return false;
        throw error;
      }
    },
    close() {
      if (fd === undefined) return;
      flushGroup?.closing(fd);
      fs.closeSync(fd);
      fd = undefined;
    },
  };
}

/** A record that does not fit is not left half-written, as far as the disk allows. */
function takeBack(fd: number, size: number): boolean {
  try {
    fs.ftruncateSync(fd, size);
    return true;
  } catch {
    // Whoever reads the file will find the torn line and step over it.
    return false;
  }
}
