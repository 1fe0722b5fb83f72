import type { SegOpsError } from "../errors";
import { callHost } from "../host-call";
import { MAX_REPORT_DEPTH, PRINT_INTERVAL_MS } from "../trouble-limits";
import type { LightOptions, LightRuntime } from "./light-runtime";

/** Tells the host of trouble: to `onError`, else its logger, else one line a minute at most for each kind. */
export function createTrouble(
  { onError, logger }: LightOptions,
  { now, warn }: LightRuntime,
): (error: SegOpsError) => void {
  const quietUntil: Record<string, number> = {};
  const unsaid: Record<string, number> = {};
  let depth = 0;

  const print = ({ code, message }: SegOpsError): void => {
    const line = `[segops] ${code}: ${message}`;
    const more = unsaid[code] ?? 0;
    if (logger) logger.warn(line);
    else if (now() < (quietUntil[code] ?? 0)) unsaid[code] = more + 1;
    else {
      quietUntil[code] = now() + PRINT_INTERVAL_MS;
      unsaid[code] = 0;
      warn(more ? `${line} (and ${more} more like it)` : line);
    }
  };

  return (error) => {
    // When the host's own handler fails there is nobody left to tell.
    if (depth++ < MAX_REPORT_DEPTH)
      callHost(
        () => (onError ?? print)(error),
        () => {},
      );
    depth--;
  };
}
