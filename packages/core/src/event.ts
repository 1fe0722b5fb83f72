import { InvalidEventError } from "./errors";
import { isIsoDateTime } from "./iso-time";
import { kindOf, toPlainJson } from "./json-text";

/** Any JSON properties. */
export type Payload = Readonly<Record<string, unknown>>;

/** What `track()` takes: who did what, when, and with which properties. */
export interface TrackInput {
  /** The unique id of the user: an e-mail address, a UUID, … */
  readonly userId: string;
  /** What happened: snake_case and past tense by convention, such as `order_placed`. */
  readonly eventType: string;
  /** Any JSON properties. Copied at once: a later change to the object changes nothing. Default: `{}`. */
  readonly payload?: Payload | undefined;
  /** When it happened: a `Date` or an ISO 8601 text. Default: the time of the call. */
  readonly occurredAt?: string | Date | undefined;
  /**
   * The visitor's id before anyone logged in. Client-side runtimes fill it in. A server that reports a visitor whom it
   * does not know yet gives `anon_` and this id as `userId`: without the prefix it would be a user, and claim the visitor.
   */
  readonly anonymousId?: string | undefined;
}

/** What `identify()` takes: who the user is. */
export interface IdentifyInput {
  /** The unique id of the user. */
  readonly userId: string;
  /** What is known of the user: `{ plan: "pro" }`. Becomes `user_property` conditions in segments. Default: `{}`. */
  readonly traits?: Payload | undefined;
  /** The visitor's id before anyone logged in. Client-side runtimes fill it in. */
  readonly anonymousId?: string | undefined;
}

/** The event type under which the server takes the payload as the user's traits. */
export const IDENTIFY_EVENT_TYPE = "context_identified";

/** The JSON text of one event, exactly as it is sent. */
export type EventText = string;

/** An event as it is sent (SegOps contract, section 1). */
export interface WireEvent {
  readonly user_id: string;
  readonly event_type: string;
  readonly occurred_at: string;
  readonly payload: Payload;
  readonly anonymous_id?: string | undefined;
  readonly event_id?: string | undefined;
}

/** An event turned into its text, once. */
export interface EncodedEvent {
  readonly text: EventText;
  /** What JSON could not hold and was replaced, such as `payload.total: [NaN]`. */
  readonly replaced: readonly string[];
}

/** Says what a value is, in few words and without its content: it may be private. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value === "") return "an empty string";
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}

function demand(isMet: unknown, field: string, wanted: string, value: unknown): void {
  if (!isMet) throw new InvalidEventError(field, `must be ${wanted}, but is ${describe(value)}`);
}

function demandText(value: unknown, field: string): void {
  demand(value && typeof value === "string", field, "a non-empty string", value);
}

function isObject(value: unknown): value is object {
  return !!value && typeof value === "object" && !Array.isArray(value);
}

function occurredAtText(value: unknown): string {
  let text = value;
  try {
    // Not by instanceof: a Date may come from another realm. The year 10000 has a text that is no ISO 8601 any more.
    if (kindOf(value) === "[object Date]") text = (value as Date).toISOString();
  } catch {
    text = "Invalid Date";
  }
  if (typeof text === "string" && isIsoDateTime(text)) return text;
  throw new InvalidEventError(
    "occurredAt",
    `must be a valid Date or an ISO 8601 text, but is ${
      typeof text === "string" ? JSON.stringify(text.slice(0, 40)) : describe(text)
    }`,
  );
}

/**
 * Checks what `track()` was given and gives its fields the names of the wire. Accepts what `trackInputSchema` accepts.
 *
 * @param now Gives the time for an event that names none.
 * @throws InvalidEventError
 */
export function toWireEvent(input: TrackInput, now: () => string, eventId?: string): WireEvent {
  demand(isObject(input), "event", "an object", input);
  // Each is read once: a getter may give something else the second time.
  const { userId, eventType, occurredAt, anonymousId, payload = {} } = input;
  demandText(userId, "userId");
  demandText(eventType, "eventType");
  if (anonymousId !== undefined) demandText(anonymousId, "anonymousId");
  demand(isObject(payload), eventType === IDENTIFY_EVENT_TYPE ? "traits" : "payload", "an object", payload);
  // In the order in which they are sent.
  return {
    user_id: userId,
    event_type: eventType,
    occurred_at: occurredAt === undefined ? now() : occurredAtText(occurredAt),
    payload,
    anonymous_id: anonymousId,
    event_id: eventId,
  };
}

/** A copy of the payload that JSON can hold, and what had to be replaced for it. */
export function repairedPayload(payload: Payload): {
  readonly payload: Payload;
  readonly replaced: readonly string[];
} {
  const replaced: string[] = [];
  const copy = toPlainJson([payload], 0, "payload", replaced);
  // A payload that turns itself into something else (toJSON) still has to be an object.
  return { payload: isObject(copy) ? (copy as Payload) : { value: copy }, replaced };
}

/** Turns a sent text back into what `track()` takes, for those who get undelivered events handed over. */
export function decodeEvent(text: EventText): TrackInput {
  const { user_id, event_type, occurred_at, payload, anonymous_id }: WireEvent = JSON.parse(text);
  return {
    userId: user_id,
    eventType: event_type,
    occurredAt: occurred_at,
    payload,
    anonymousId: anonymous_id,
  };
}
