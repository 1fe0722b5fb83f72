import fs from "node:fs";
import type { FlushGroup } from "./flush-group";
import { removeFolder } from "./home";
import { isGone } from "./record-file";
import { recoverSegment, type SegmentPlace } from "./recover-segment";
import type { Segment, SegmentContext } from "./segment";
import { eventsPath, ledgerPath, segmentNumbers } from "./segment-files";
import type { Trouble } from "./trouble";

/** Goes on with what other owners wrote. */
export interface Recovery {
  /** Whether something could not be read, and is still to come. */
  readonly isUnfinished: boolean;
  /** Folders that are ours now, oldest first. Those that cannot be read now come with a later call. */
  recover(folders: readonly string[]): Segment[];
}

export function createRecovery(
  context: SegmentContext,
  flushGroup: FlushGroup | undefined,
  trouble: Trouble,
): Recovery {
  let foldersLeft: string[] = [];
  let placesLeft: SegmentPlace[] = [];

  const placesIn = (folder: string): SegmentPlace[] => {
    const { segments, orphans } = segmentNumbers(fs.readdirSync(folder));
    for (const number of orphans) fs.rmSync(ledgerPath(folder, number), { force: true });
    if (segments.length === 0) removeFolder(folder);
    return segments.map((number) => ({ folder, number }));
  };

  return {
    get isUnfinished() {
      return foldersLeft.length > 0 || placesLeft.length > 0;
    },

    recover(folders) {
      const foldersBefore = foldersLeft;
      const placesBefore = placesLeft;
      foldersLeft = [];
      placesLeft = [];
      const places = [...foldersBefore, ...folders].flatMap((folder) => {
        try {
          return placesIn(folder);
        } catch (error) {
          if (isGone(error)) return [];
          foldersLeft.push(folder);
          if (!foldersBefore.includes(folder)) context.onReadError(error, folder);
          return [];
        }
      });
      const recovered = [...placesBefore, ...places].flatMap((place) => {
        try {
          return recoverSegment(place, context, flushGroup, trouble) ?? [];
        } catch (error) {
          // Somebody else took it over.
          if (isGone(error)) return [];
          placesLeft.push(place);
          if (!placesBefore.includes(place))
            context.onReadError(error, eventsPath(place.folder, place.number));
          return [];
        }
      });
      // Those that hold nothing any more.
      for (const folder of new Set([...placesBefore, ...places].map(({ folder }) => folder)))
        removeFolder(folder);
      return recovered;
    },
  };
}
