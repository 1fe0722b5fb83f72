import { createHash } from "node:crypto";
import type { Clock, Scheduler } from "@segops/core";
import { createAdoption } from "./adoption";
import { createFlushGroup, type FlushGroup } from "./flush-group";
import { createHome, type Home } from "./home";
import { nodeProcesses, type Processes } from "./processes";
import { createSegmentFiles, type SegmentFiles } from "./segment-files";
import type { ResolvedSpoolOptions } from "./spool-options";
import type { Trouble } from "./trouble";

export interface SpoolDependencies {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /**
   * Where the events go: the server's address and the key. Only clients with the same destination take over each
   * other's events. The disk sees a hash of it.
   */
  readonly destination: string;
  /** Default: those of this machine. */
  readonly processes?: Processes | undefined;
}

/** This client's place on the disk. It is made when it is first needed, and again when it was removed. */
export interface SpoolDisk {
  readonly folder: string | undefined;
  /** With `sync: "flush"`. */
  readonly flushGroup: FlushGroup | undefined;
  /** Throws what the file system throws. */
  moveIn(): void;
  /** Throws what the file system throws, and leaves nothing behind then. */
  createSegmentFiles(): SegmentFiles;
  /** Throws what the file system throws. Returns folders of dead owners, oldest first, that are ours now. */
  adopt(): string[];
  /** Throws what the file system throws. Returns how many folders of the dead have events that go elsewhere. */
  countOthers(): number;
  /** Shows that we live. False: our folder is not there any more. */
  beat(): boolean;
  /** Forgets a folder that is gone. */
  moveOut(): void;
  /** Leaves the place to others, if there is anything left. */
  close(): void;
}

export function createSpoolDisk(
  { directory, sync }: ResolvedSpoolOptions,
  { clock, scheduler, destination, processes = nodeProcesses }: SpoolDependencies,
  trouble: Trouble,
  onFlushError: (error: unknown) => void,
): SpoolDisk {
  const hash = createHash("sha256").update(destination).digest("hex").slice(0, 16);
  const adoption = createAdoption(directory, hash, processes, clock, trouble);
  const flushGroup = sync === "flush" ? createFlushGroup(scheduler, onFlushError) : undefined;
  let home: Home | undefined;
  let segmentNumber = 0;

  const createOwn = (): Home => createHome(directory, hash, processes, clock.now());

  const moveIn = (): Home => {
    try {
      home ??= createOwn();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      adoption.freeReserves();
      home = createOwn();
    }
    return home;
  };

  return {
    get folder() {
      return home?.folder;
    },
    flushGroup,
    moveIn,
    createSegmentFiles: () => createSegmentFiles(moveIn().folder, ++segmentNumber, flushGroup),
    countOthers: () => adoption.countOthers(),
    adopt: () => adoption.adopt(moveIn().folder),
    beat() {
      if (!home) return true;
      if (!home.isInPlace()) return false;
      home.beat();
      return true;
    },
    moveOut() {
      home = undefined;
    },
    close() {
      flushGroup?.close();
      home?.leave();
    },
  };
}
