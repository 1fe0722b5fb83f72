import type { AnyCatalogue, Catalogue } from "@segops/core";
import { describeEvents } from "./describe-events";
import type { EventRecord } from "./event-record";
import { matchesPartially } from "./partial-match";
import type {
  AnyRecordedEvent,
  PartOf,
  RecordedName,
  RecordedPayload,
  RecordedTraits,
} from "./recorded-types";

/** What else is expected of a tracked event. */
export interface TrackedOptions {
  /** Exactly so many matching events. Default: one or more. */
  readonly times?: number;
  /** Who did it. Default: anyone. */
  readonly userId?: string;
}

/** The catalogue that types a record; any event where there is none. */
type EventsOf<Received> = Received extends { readonly "~events"?: infer Events }
  ? Extract<Events, Catalogue>
  : AnyCatalogue;

/** The matchers, as they are added to `expect()`. */
export interface SegOpsMatchers<Received, Result = void> {
  /**
   * An event was tracked, with at least this payload.
   *
   * @param payload What its payload has to contain; other properties do not matter. Default: any payload.
   * @example expect(segops).toHaveTracked("order_placed", { total: 42 }, { times: 1 });
   */
  toHaveTracked<Name extends RecordedName<EventsOf<Received>>>(
    eventType: Name,
    payload?: PartOf<RecordedPayload<EventsOf<Received>, Name>>,
    options?: TrackedOptions,
  ): Result;
  /**
   * A user was identified, with at least these traits.
   *
   * @param traits What is to be known of the user; other traits do not matter. Default: any traits.
   * @example expect(segops).toHaveIdentified("ada", { plan: "pro" });
   */
  toHaveIdentified(userId: string, traits?: PartOf<RecordedTraits<EventsOf<Received>>>): Result;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For any `expect()` that is extended as Jest's and Vitest's are: `expect.extend(segopsMatchers)`. */
export const segopsMatchers = {
  toHaveTracked(
    received: unknown,
    eventType: string,
    payload: unknown = {},
    { times, userId }: TrackedOptions = {},
  ): MatcherResult {
    const events: readonly AnyRecordedEvent[] = recordOf(received, "toHaveTracked").events();
    const matching = events.filter(
      (event) =>
        event.eventType === eventType &&
        (userId === undefined || event.userId === userId) &&
        matchesPartially(event.payload, payload),
    );
    const pass = times === undefined ? matching.length > 0 : matching.length === times;
    const wanted = [
      times === undefined ? eventType : `${times} × ${eventType}`,
      ...(userId === undefined ? [] : [`by ${userId}`]),
      ...(Object.keys(Object(payload)).length === 0 ? [] : [`with ${shown(payload)}`]),
    ].join(" ");
    return {
      pass,
      message: () =>
        pass
          ? `expected no ${wanted} to be tracked. ${describeEvents(matching, eventType)}`
          : `expected ${wanted} to be tracked${times === undefined ? "" : `, but there are ${matching.length}`}. ${describeEvents(events, eventType)}`,
    };
  },

  toHaveIdentified(received: unknown, userId: string, traits: unknown = {}): MatcherResult {
    const users = recordOf(received, "toHaveIdentified").users();
    const pass = users.some((user) => user.userId === userId && matchesPartially(user.traits, traits));
    const seen = users.map((user) => `  ${user.userId}: ${shown(user.traits)}`).join("\n");
    const wanted = Object.keys(Object(traits)).length === 0 ? userId : `${userId} with ${shown(traits)}`;
    return {
      pass,
      message: () =>
        `expected ${wanted} ${pass ? "not " : ""}to be identified. ${seen ? `These were:\n${seen}` : "Nobody was."}`,
    };
  },
};

function recordOf(received: unknown, matcher: string): EventRecord {
  const record = received as Partial<EventRecord> | null | undefined;
  if (typeof record?.events === "function" && typeof record.users === "function")
    return record as EventRecord;
  throw new TypeError(
    `${matcher}() looks at what createRecordingClient() or segopsHandlers() returns, but was given ${
      received === null ? "null" : typeof received
    }`,
  );
}

/** As JSON, with asymmetric matchers by their names. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (typeof part === "bigint") return String(part);
    if (typeof part?.asymmetricMatch !== "function") return part;
    return part.toAsymmetricMatcher?.() ?? String(part);
  });
}
