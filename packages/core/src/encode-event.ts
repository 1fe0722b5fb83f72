import { type EncodedEvent, repairedPayload, type TrackInput, toWireEvent } from "./event";
import { escaped, newPayloadShape, ownText, type PayloadShape, payloadText, quote } from "./payload-text";

const NOTHING_REPLACED: readonly string[] = [];
/** More are not remembered, and none that is longer: somebody makes them up. */
const MAX_EVENT_TYPES = 200;
const MAX_TYPE_LENGTH = 100;

/** What events of one type have in common. */
interface EventTypeText {
  readonly head: string;
  readonly shape: PayloadShape | undefined;
}

const known = new Map<string, EventTypeText>();

function textOfType(eventType: string): EventTypeText {
  const found = known.get(eventType);
  if (found) return found;
  const head = `","event_type":${quote(eventType)},"occurred_at":"`;
  if (known.size >= MAX_EVENT_TYPES || eventType.length > MAX_TYPE_LENGTH) return { head, shape: undefined };
  const text = { head: ownText(head), shape: newPayloadShape() };
  known.set(ownText(eventType), text);
  return text;
}

/**
 * Turns what `track()` was given into the text that is sent, as fast as a busy server needs it.
 *
 * @param now Gives the time for an event that names none.
 * @throws InvalidEventError
 */
export function encodeEvent(input: TrackInput, now: () => string, eventId?: string): EncodedEvent {
  const { user_id, event_type, occurred_at, payload, anonymous_id } = toWireEvent(input, now, eventId);
  const { head, shape } = textOfType(event_type);
  let replaced = NOTHING_REPLACED;
  let body: string | undefined;
  try {
    body = payloadText(payload, shape);
  } catch {
    // A getter or a proxy that throws: the careful way below finds out which.
  }
  if (body === undefined) {
    const repaired = repairedPayload(payload);
    body = JSON.stringify(repaired.payload);
    replaced = repaired.replaced;
  }
  let text = `{"user_id":"${escaped(user_id)}${head}${occurred_at}","payload":${body}`;
  if (anonymous_id !== undefined) text += `,"anonymous_id":${quote(anonymous_id)}`;
  if (eventId !== undefined) text += `,"event_id":"${eventId}"`;
  return { text: `${text}}`, replaced };
}
