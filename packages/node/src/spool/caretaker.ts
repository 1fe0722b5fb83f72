import type { Cancel, Scheduler } from "@segops/core";
import type { DiskState, Journal } from "./journal";
import { createRecovery } from "./recovery";
import type { Segment, SegmentContext } from "./segment";
import type { SpoolDisk } from "./spool-disk";
import type { Trouble } from "./trouble";

/** Looks after a spool: shows that it lives, tries a failed disk again, takes over what the dead left. */
export interface Caretaker {
  /** Begins its rounds: one at once, others from time to time. */
  start(): void;
  stop(): void;
  /** To be called when the tail's files are gone. */
  diskVanished(): void;
}

/** Between two rounds, in milliseconds. */
const ROUND_MS = 15_000;
/** How often it looks for what the dead left behind, in rounds. */
const ADOPT_EVERY = 2;

export function createCaretaker(
  context: SegmentContext,
  journal: Journal,
  disk: SpoolDisk,
  state: DiskState,
  directory: string,
  scheduler: Scheduler,
  trouble: Trouble,
  onFound: (events: number) => void,
): Caretaker {
  const recovery = createRecovery(context, disk.flushGroup, trouble);
  let rounds = 0;
  let cancel: Cancel | undefined;

  /** Tries a disk that failed again, and writes down what was kept in memory meanwhile. */
  const heal = (): void => {
    if (!state.isDown) return;
    state.isDown = false;
    const { tail } = journal;
    try {
      disk.moveIn();
      for (const segment of journal.segments) {
        forgetIfGone(segment);
        if (segment.isOnDisk) segment.catchUp();
        else if (segment.undelivered > 0) writeDown(segment);
      }
      journal.sweep();
      if (tail && !tail.isOnDisk) journal.drop(tail);
    } catch (error) {
      state.failed(error);
    }
    journal.recount();
    if (state.isDown) return;
    trouble.healed("spool_unavailable");
    trouble.healed("spool_removed");
  };

  const forgetIfGone = (segment: Segment): void => {
    if (segment.isInPlace) return;
    segment.leaveDisk();
    if (segment.undelivered === 0 && segment !== journal.tail) journal.drop(segment);
  };

  const writeDown = (segment: Segment): void => {
    segment.store(disk.createSegmentFiles());
    if (segment !== journal.tail) segment.complete();
  };

  const diskVanished = (): void => {
    trouble.report(
      "spool_removed",
      `the spool in ${directory} was removed while it was in use. What is in memory is kept. Let nothing but this SDK touch it`,
    );
    for (const segment of journal.segments) {
      try {
        forgetIfGone(segment);
      } catch (error) {
        state.failed(error);
      }
    }
    disk.moveOut();
    state.isDown = true;
    heal();
  };

  const adopt = (): void => {
    if (state.isDown) return;
    const folders = disk.adopt();
    if (folders.length === 0 && !recovery.isUnfinished) return;
    // What is here already is sent first: it has its numbers.
    journal.rotate();
    const found = recovery.recover(folders);
    if (found.length === 0) return;
    journal.append(found);
    onFound(found.reduce((sum, { undelivered }) => sum + undelivered, 0));
  };

  const round = (): void => {
    try {
      if (!disk.beat()) diskVanished();
      heal();
      if (rounds++ % ADOPT_EVERY === 0) adopt();
    } catch (error) {
      state.failed(error);
    }
    const { tail } = journal;
    if (tail?.undelivered === 0) journal.drop(tail);
    cancel = scheduler.schedule(round, ROUND_MS, false);
  };

  /** After a key was changed nothing else would say that the events of the old one wait. */
  const mentionOthers = (): void => {
    const folders = disk.countOthers();
    if (folders === 0) return;
    trouble.report(
      "spool_other_destination",
      `${folders} folder(s) with undelivered events of another key or address wait in ${directory}. They are sent by a client with that key and address`,
    );
  };

  return {
    start() {
      try {
        disk.moveIn();
        mentionOthers();
      } catch (error) {
        state.failed(error);
      }
      round();
    },
    stop: () => cancel?.(),
    diskVanished,
  };
}
