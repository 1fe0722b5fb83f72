import type { Catalogue, EventName, Payload, SentPayloadOf, SentTraitsOf } from "@segops/core";

/** What a browser client sends by itself. */
type BuiltInEventName = "page_viewed" | "ai_referral_session";

/** The names that a record may be asked for: the catalogue's, and those a client sends by itself. */
export type RecordedName<Events extends Catalogue> = EventName<Events> | BuiltInEventName;

/** A value as it is after its way through JSON. */
export type Jsonified<Value> = unknown extends Value
  ? Value
  : Value extends { toJSON(): infer Json }
    ? Json
    : Value extends bigint
      ? string
      : Value extends readonly (infer Item)[]
        ? Jsonified<Item>[]
        : Value extends object
          ? { [Key in keyof Value]: Jsonified<Value[Key]> }
          : Value;

/** A part of a value: of an object any of its properties, of a list all of its items. */
export type PartOf<Value> = unknown extends Value
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly PartOf<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]?: PartOf<Value[Key]> | undefined }
      : Value;

/** The payload of a recorded event: what was sent. */
export type RecordedPayload<Events extends Catalogue, Name extends RecordedName<Events>> =
  Name extends EventName<Events> ? Jsonified<SentPayloadOf<Events, Name>> : Payload;

/** The traits of a recorded user: what was sent. */
export type RecordedTraits<Events extends Catalogue> = Jsonified<SentTraitsOf<Events>>;

interface RecordedCall {
  readonly userId: string;
  readonly anonymousId?: string | undefined;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/** An event as `track()` has sent it. */
export type RecordedEvent<
  Events extends Catalogue,
  Name extends RecordedName<Events> = RecordedName<Events>,
> = {
  [Each in Name]: RecordedCall & {
    readonly eventType: Each;
    readonly payload: RecordedPayload<Events, Each>;
  };
}[Name];

/** A user as `identify()` has sent it. */
export interface RecordedUser<Events extends Catalogue> extends RecordedCall {
  readonly traits: RecordedTraits<Events>;
}

/** An event whose type the compiler does not know. */
export interface AnyRecordedEvent extends RecordedCall {
  readonly eventType: string;
  readonly payload: Payload;
}
