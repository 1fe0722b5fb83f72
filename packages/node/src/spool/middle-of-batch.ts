import type { Batch } from "@segops/core";
import type { ByteRange } from "./ledger";
import type { RecordFile } from "./record-file";
import { eventStarts } from "./segment-reader";
import { lengthOfEvents } from "./segment-writer";

/** Where in the file the second half of a batch begins. Undefined: that cannot be told now. */
export function middleOfBatch(
  file: RecordFile,
  range: ByteRange,
  first: Batch,
  second: Batch,
): number | undefined {
  const middle = range.start + lengthOfEvents(first.texts, first.visitor);
  if (middle + lengthOfEvents(second.texts, second.visitor) === range.end) return middle;
  // Lines that cannot be read lie between.
  try {
    return eventStarts(file.read(), range)[first.eventCount];
  } catch {
    return undefined;
  }
}
