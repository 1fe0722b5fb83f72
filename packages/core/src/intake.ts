import type { Accounts } from "./accounts";
import { EMPTY_BODY_BYTES } from "./batch";
import { DeliveryError, InvalidEventError, SegOpsError } from "./errors";
import { decodeEvent, type EncodedEvent, encodeEvent, type TrackInput } from "./event";
import type { ResolvedOptions } from "./options";
import type { Runtime } from "./runtime";
import type { TroubleReporter } from "./trouble";
import { utf8Length } from "./utf8-length";

/** Where an accepted event goes. */
export type Enqueue = (event: EncodedEvent, bytes: number, input: TrackInput) => void;

/**
 * Makes `track()`: checks, stamps and encodes what the host hands in, and passes it on. Throws nothing but
 * InvalidEventError, and that only with `strict`.
 */
export function createIntake(
  options: ResolvedOptions,
  runtime: Runtime,
  newUuid: () => string,
  accounts: Accounts,
  trouble: TroubleReporter,
  enqueue: Enqueue,
): (input: TrackInput) => void {
  const { beforeSend } = options;

  const byteLength = runtime.utf8Length ?? utf8Length;
  const timestamp = runtime.timestamp ?? (() => new Date(runtime.clock.now()).toISOString());
  const maxEventBytes = options.maxBatchBytes - EMPTY_BODY_BYTES;

  const admit = (input: TrackInput, event: EncodedEvent): void => {
    const bytes = byteLength(event.text);
    if (bytes > maxEventBytes) {
      throw new InvalidEventError(
        "payload",
        `makes an event of ${bytes} bytes, but one batch carries ${maxEventBytes}. Send less, or raise maxBatchBytes`,
        "event_too_large",
      );
    }
    accounts.accepted(event);
    enqueue(event, bytes, input);
  };

  const accept = (input: TrackInput): void => {
    const eventId = options.eventIds ? newUuid() : undefined;
    const original = encodeEvent(input, timestamp, eventId);
    if (!beforeSend) {
      admit(input, original);
      return;
    }
    let changed: TrackInput | null;
    try {
      // The hook gets a copy of what would be sent, so that it can change what it likes.
      changed = beforeSend(decodeEvent(original.text));
    } catch (error) {
      accounts.accepted(original);
      accounts.dropped("before_send_failed", [original.text]);
      const problem = `1 event is not sent, as beforeSend threw: ${error}`;
      trouble.report(new DeliveryError("before_send_failed", problem, { events: 1 }));
      return;
    }
    if (changed) {
      admit(changed, encodeEvent(changed, timestamp, eventId));
    } else {
      accounts.accepted(original);
      accounts.dropped("before_send", [original.text]);
    }
  };

  return (input) => {
    try {
      accept(input);
    } catch (error) {
      if (!(error instanceof InvalidEventError)) {
        trouble.report(new SegOpsError("internal", `track() failed: ${error}. Please report this`));
      } else if (options.strict) {
        throw error;
      } else {
        accounts.invalid(error);
      }
    }
  };
}
