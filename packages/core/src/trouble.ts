import type { SegOpsError } from "./errors";
import { callHost } from "./host-call";
import type { ResolvedOptions } from "./options";
import type { Runtime } from "./runtime";
import { COUNT_INTERVAL_MS, MAX_REPORT_DEPTH, PRINT_INTERVAL_MS } from "./trouble-limits";

/** Tells the host of trouble: to its `onError`, else its logger, else sparingly to the runtime's. */
export interface TroubleReporter {
  /** For trouble that comes one at a time. */
  report(error: SegOpsError): void;
  /** For trouble that comes in floods: counted, and told at most once a second for each kind. */
  count(kind: string, toError: (events: number) => SegOpsError): void;
  /**
   * Tells what is counted and not yet told.
   *
   * @param isLast No timer runs any more: what comes from now on is told at once.
   */
  settle(isLast: boolean): void;
}

export function createTroubleReporter(options: ResolvedOptions, runtime: Runtime): TroubleReporter {
  const printed = new Map<string, { at: number; unsaid: number }>();
  const counted = new Map<string, { events: number; tell: () => void }>();

  const print = (error: SegOpsError): void => {
    const now = runtime.clock.monotonicNow();
    const last = printed.get(error.code);
    if (last && now - last.at < PRINT_INTERVAL_MS) {
      last.unsaid++;
      return;
    }
    printed.set(error.code, { at: now, unsaid: 0 });
    runtime.logger.warn(line(error) + (last?.unsaid ? ` (and ${last.unsaid} more like it)` : ""));
  };

  const { onError, logger } = options;
  let depth = 0;
  let isOver = false;

  const report = (error: SegOpsError): void => {
    // A handler that makes the trouble it is told of must not go round for ever.
    if (depth >= MAX_REPORT_DEPTH) return;
    depth++;
    // When the host's own handler fails there is nobody left to tell.
    callHost(
      () => {
        if (onError) return onError(error);
        if (logger) logger.warn(line(error));
        else print(error);
      },
      () => {},
    );
    depth--;
  };

  return {
    report,
    count(kind, toError) {
      if (isOver) {
        report(toError(1));
        return;
      }
      const entry = counted.get(kind);
      if (entry) {
        entry.events++;
        return;
      }
      const first = {
        events: 1,
        tell: () => {
          cancel();
          counted.delete(kind);
          report(toError(first.events));
        },
      };
      counted.set(kind, first);
      const cancel = runtime.scheduler.schedule(first.tell, COUNT_INTERVAL_MS, false);
    },
    settle(isLast) {
      isOver = isLast;
      for (const { tell } of [...counted.values()]) tell();
    },
  };
}

function line(error: SegOpsError): string {
  return `[segops] ${error.code}: ${error.message}`;
}
