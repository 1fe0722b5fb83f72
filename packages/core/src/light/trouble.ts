import type { SegOpsError } from "../errors";
import { callHost } from "../host-call";
import type { LightOptions, LightRuntime } from "./light-runtime";

/** Between two lines of one kind where the host gave neither `onError` nor `logger`, in milliseconds. */
const PRINT_INTERVAL_MS = 60_000;
/** How deep reports may be nested: a handler may make the very trouble it is told of. */
const MAX_DEPTH = 3;

/** Tells the host of trouble: to `onError`, else its logger, else one line a minute at most for each kind. */
export function createTrouble(
  { onError, logger }: LightOptions,
  { now, warn }: LightRuntime,
): (error: SegOpsError) => void {
  const printed: Record<string, { readonly at: number; unsaid: number }> = {};
  let depth = 0;

  const print = (error: SegOpsError): void => {
    const { code } = error;
    const last = printed[code];
    const line = `[segops] ${code}: ${error.message}`;
    if (logger) logger.warn(line);
    else if (last && now() - last.at < PRINT_INTERVAL_MS) {
      last.unsaid++;
    } else {
      printed[code] = { at: now(), unsaid: 0 };
      warn(last?.unsaid ? `${line} (and ${last.unsaid} more like it)` : line);
    }
  };

  return (error) => {
    // When the host's own handler fails there is nobody left to tell.
    if (depth++ < MAX_DEPTH)
      callHost(
        () => (onError ?? print)(error),
        () => {},
      );
    depth--;
  };
}
