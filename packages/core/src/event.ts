import { InvalidEventError } from "./errors";
import { isIsoDateTime } from "./iso-time";
import { isPlainJson, toPlainJson } from "./json-text";

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
  /** The visitor's id before anyone logged in. Client-side runtimes fill it in. */
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
  readonly anonymous_id?: string;
  readonly event_id?: string;
}

/** An event turned into its text, once. */
export interface EncodedEvent {
  readonly text: EventText;
  /** What JSON could not hold and was replaced, such as `payload.total: [NaN]`. */
  readonly replaced: readonly string[];
}

const NOTHING_REPLACED: readonly string[] = [];

/** Says what a value is, in few words and without its content: it may be private. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value === "") return "an empty string";
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}

function requireText(value: unknown, field: string): void {
  if (typeof value !== "string" || value === "") {
    throw new InvalidEventError(field, `must be a non-empty string, but is ${describe(value)}`);
  }
}

function occurredAtText(value: unknown): string {
  let text = value;
  try {
    // Not by instanceof: a Date may come from another realm. The year 10000 has a text that is no ISO 8601 any more.
    if (Object.prototype.toString.call(value) === "[object Date]") text = (value as Date).toISOString();
  } catch {
    text = "Invalid Date";
  }
  if (typeof text === "string" && isIsoDateTime(text)) return text;
  throw new InvalidEventError(
    "occurredAt",
    `must be a valid Date or an ISO 8601 text such as 2026-01-31T12:00:00Z, but is ${
      typeof text === "string" ? JSON.stringify(text.slice(0, 40)) : describe(text)
    }`,
  );
}

// Events of one type come in rows.
let lastEventType = "";
let lastEventTypeText = '""';

function quoteEventType(eventType: string): string {
  if (eventType !== lastEventType) {
    lastEventType = eventType;
    lastEventTypeText = JSON.stringify(eventType);
  }
  return lastEventTypeText;
}

/**
 * Turns what `track()` was given into the text that is sent. Accepts what `trackInputSchema` accepts.
 *
 * @param now Gives the time for an event that names none.
 * @throws InvalidEventError
 */
export function encodeEvent(input: TrackInput, now: () => string, eventId?: string): EncodedEvent {
  if (typeof input !== "object" || input === null) {
    throw new InvalidEventError("event", `must be an object, but is ${describe(input)}`);
  }
  // Each is read once: a getter may give something else the second time.
  const { userId, eventType, occurredAt, anonymousId, payload = {} } = input;
  requireText(userId, "userId");
  requireText(eventType, "eventType");
  if (anonymousId !== undefined) requireText(anonymousId, "anonymousId");
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    const field = eventType === IDENTIFY_EVENT_TYPE ? "traits" : "payload";
    throw new InvalidEventError(field, `must be an object, but is ${describe(payload)}`);
  }
  const time = occurredAt === undefined ? now() : occurredAtText(occurredAt);

  // The only place, beside decodeEvent, that knows the spelling of the wire. Written by hand around the payload:
  // one JSON.stringify of the whole took a fifth longer.
  const around = (payloadText: string): EventText => {
    let text = `{"user_id":${JSON.stringify(userId)},"event_type":${quoteEventType(eventType)},"occurred_at":"${time}","payload":${payloadText}`;
    if (anonymousId !== undefined) text += `,"anonymous_id":${JSON.stringify(anonymousId)}`;
    if (eventId !== undefined) text += `,"event_id":"${eventId}"`;
    return `${text}}`;
  };

  try {
    if (isPlainJson(payload)) return { text: around(JSON.stringify(payload)), replaced: NOTHING_REPLACED };
  } catch {
    // A getter or a proxy that throws: the careful way below finds out which.
  }
  const replaced: string[] = [];
  const copy = toPlainJson([payload], 0, "payload", replaced);
  // A payload that turns itself into something else (toJSON) still has to be an object.
  const isObject = typeof copy === "object" && copy !== null && !Array.isArray(copy);
  return { text: around(JSON.stringify(isObject ? copy : { value: copy })), replaced };
}

/** Turns a sent text back into what `track()` takes, for those who get undelivered events handed over. */
export function decodeEvent(text: EventText): TrackInput {
  const { user_id, event_type, occurred_at, payload, anonymous_id }: WireEvent = JSON.parse(text);
  return {
    userId: user_id,
    eventType: event_type,
    occurredAt: occurred_at,
    payload,
    ...(anonymous_id && { anonymousId: anonymous_id }),
  };
}
