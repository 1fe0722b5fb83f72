import fs from "node:fs";
import path from "node:path";
import type { Cancel, Scheduler } from "@segops/core";

/** How long events wait for others to be flushed to the disk with them, in milliseconds. */
const FLUSH_WINDOW_MS = 50;

/** With `sync: "flush"`: brings what was written onto the disk soon after, many records at a time. */
export interface FlushGroup {
  written(fd: number): void;
  /** A file is only as safe as the folder's entry for it. */
  created(file: string): void;
  /** Flushes at once what is left. */
  closing(fd: number): void;
  close(): void;
}

export function createFlushGroup(scheduler: Scheduler, onError: (error: unknown) => void): FlushGroup {
  const dirty = new Set<number>();
  let cancel: Cancel | undefined;

  const flush = (): void => {
    cancel = undefined;
    for (const fd of dirty) {
      fs.fsync(fd, (error) => {
        // Closed meanwhile, and flushed before that.
        if (error && error.code !== "EBADF") onError(error);
      });
    }
    dirty.clear();
  };

  return {
    written(fd) {
      dirty.add(fd);
      cancel ??= scheduler.schedule(flush, FLUSH_WINDOW_MS, false);
    },
    created(file) {
      fs.open(path.dirname(file), "r", (error, folder) => {
        // Windows has no such thing, and needs none.
        if (error) return;
        fs.fsync(folder, () => fs.close(folder));
      });
    },
    closing(fd) {
      dirty.delete(fd);
      try {
        fs.fsyncSync(fd);
      } catch (error) {
        onError(error);
      }
    },
    close() {
      cancel?.();
      cancel = undefined;
    },
  };
}
