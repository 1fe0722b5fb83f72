import type { Accounts } from "./accounts";
import { EMPTY_BODY_BYTES } from "./batch";
import { DeliveryError, InvalidEventError, SegOpsError } from "./errors";
import {
  decodeEvent,
  type EncodedEvent,
  type EventText,
  IDENTIFY_EVENT_TYPE,
  type IdentifyInput,
  type TrackInput,
} from "./event";
import { callHost, textOf } from "./host-call";
import { bytesAtMost } from "./open-batch";
import type { ResolvedOptions } from "./options";
import type { Runtime } from "./runtime";
import type { TroubleReporter } from "./trouble";
import { utf8Length } from "./utf8-length";

/** Turns what the host handed in into the text that is sent. Throws InvalidEventError. */
export type EncodeEvent = (input: TrackInput, now: () => string, eventId?: string) => EncodedEvent;

/** Where an accepted event goes. */
export type Enqueue = (event: EncodedEvent, input: TrackInput) => void;

/** What the host calls. Throws nothing but InvalidEventError, and that only with `strict`. */
export interface Intake {
  track(input: TrackInput): void;
  identify(user: IdentifyInput): void;
}

/** Checks, stamps and encodes what the host hands in, and passes it on. */
export function createIntake(
  options: Pick<ResolvedOptions, "beforeSend" | "eventIds" | "events" | "maxBatchBytes" | "strict">,
  runtime: Pick<Runtime, "clock" | "timestamp">,
  newUuid: () => string,
  accounts: Pick<Accounts, "accepted" | "dropped" | "invalid">,
  trouble: Pick<TroubleReporter, "report">,
  enqueue: Enqueue,
  encode: EncodeEvent,
): Intake {
  const { beforeSend, events } = options;
  const timestamp = runtime.timestamp ?? (() => new Date(runtime.clock.now()).toISOString());
  const maxEventBytes = options.maxBatchBytes - EMPTY_BODY_BYTES;

  const admit = (input: TrackInput, event: EncodedEvent): void => {
    if (bytesAtMost(event.text) > maxEventBytes) demandFits(event.text);
    enqueue(event, input);
  };

  const demandFits = (text: EventText): void => {
    const bytes = utf8Length(text);
    if (bytes <= maxEventBytes) return;
    throw new InvalidEventError(
      "payload",
      `makes an event of ${bytes} bytes, but one batch carries ${maxEventBytes}. Send less, or raise maxBatchBytes`,
      "event_too_large",
    );
  };

  const keepBack = (event: EncodedEvent, problem: string): void => {
    accounts.accepted(event);
    accounts.dropped("before_send_failed", [event.text]);
    const message = `1 event is not sent, as beforeSend ${problem}`;
    trouble.report(new DeliveryError("before_send_failed", message, { events: 1 }));
  };

  const accept = (given: TrackInput): void => {
    // As the catalogue wants it sent.
    const input =
      events && given ? { ...given, payload: events.check(given.eventType, given.payload) } : given;
    const eventId = options.eventIds ? newUuid() : undefined;
    const original = encode(input, timestamp, eventId);
    if (!beforeSend) {
      admit(input, original);
      return;
    }
    let problem = "returned nothing. Return the event, or null to drop it";
    // The hook gets a copy of what would be sent, so that it can change what it likes.
    const changed = callHost(
      () => beforeSend(decodeEvent(original.text)),
      (thrown) => {
        problem = `threw: ${thrown}`;
      },
    );
    if (changed === undefined) {
      keepBack(original, problem);
    } else if (changed === null) {
      accounts.accepted(original);
      accounts.dropped("before_send", [original.text]);
    } else {
      const event = encode(changed, timestamp, eventId);
      admit(changed, { text: event.text, replaced: [...original.replaced, ...event.replaced] });
    }
  };

  const refuse = (error: unknown): void => {
    // Not by instanceof: a catalogue may come from another copy of this package.
    if ((error as Error | undefined)?.name !== "InvalidEventError") {
      trouble.report(new SegOpsError("internal", `track() failed: ${textOf(error)}. Please report this`));
    } else if (options.strict) {
      throw error;
    } else {
      accounts.invalid(error as InvalidEventError);
    }
  };

  return {
    track(input) {
      try {
        accept(input);
      } catch (error) {
        refuse(error);
      }
    },
    identify(user) {
      try {
        accept(
          user && {
            userId: user.userId,
            eventType: IDENTIFY_EVENT_TYPE,
            payload: user.traits,
            anonymousId: user.anonymousId,
          },
        );
      } catch (error) {
        refuse(error);
      }
    },
  };
}
