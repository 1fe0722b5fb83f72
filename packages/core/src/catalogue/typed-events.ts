import type { IdentifyInput, Payload, TrackInput } from "../event";
import type { AnyCatalogue, Catalogue, PayloadSchema } from "./catalogue";
import type { InputOf, OutputOf } from "./standard-schema";

/** The names of a catalogue's events. Without a catalogue: any text. */
export type EventName<Events extends Catalogue> = keyof Events["events"] & string;

/** One result where the compiler knows the names, another without a catalogue. */
type Typed<Events extends Catalogue, Result, Untyped> = string extends EventName<Events> ? Untyped : Result;

/** A schema that does not say what it takes, takes any payload. */
type Known<Value> = unknown extends Value ? Payload : Value;

/** What `track()` takes as the payload of an event: `PayloadOf<typeof events, "order_placed">`. */
export type PayloadOf<Events extends Catalogue, Name extends EventName<Events>> = Typed<
  Events,
  Known<InputOf<Events["events"][Name]>>,
  Payload
>;

/** What is sent as the payload of an event: what its schema gives back. */
export type SentPayloadOf<Events extends Catalogue, Name extends EventName<Events>> = Typed<
  Events,
  Known<OutputOf<Events["events"][Name]>>,
  Payload
>;

/** What `identify()` takes as traits. */
export type TraitsOf<Events extends Catalogue> = Typed<
  Events,
  Events["traits"] extends PayloadSchema ? Known<InputOf<Events["traits"]>> : Payload,
  Payload
>;

/** What is sent as traits: what their schema gives back. */
export type SentTraitsOf<Events extends Catalogue> = Typed<
  Events,
  Events["traits"] extends PayloadSchema ? Known<OutputOf<Events["traits"]>> : Payload,
  Payload
>;

/** A property that may be left out where `{}` is one of its values. */
type Given<Name extends string, Value> = Readonly<
  Record<never, never> extends Value ? { [Key in Name]?: Value | undefined } : { [Key in Name]: Value }
>;

/** One object type, as an editor shows it best. */
type Flat<Parts> = { [Key in keyof Parts]: Parts[Key] } & unknown;

/** What `track()` of a typed client takes: one of the catalogue's events with its payload. */
export type TypedTrackInput<
  Events extends Catalogue = AnyCatalogue,
  Name extends EventName<Events> = EventName<Events>,
> = Typed<
  Events,
  {
    [Each in Name]: Flat<
      Omit<TrackInput, "eventType" | "payload"> & { readonly eventType: Each } & Given<
          "payload",
          PayloadOf<Events, Each>
        >
    >;
  }[Name],
  TrackInput
>;

/** What `identify()` of a typed client takes. */
export type TypedIdentifyInput<Events extends Catalogue = AnyCatalogue> = Typed<
  Events,
  Flat<Omit<IdentifyInput, "traits"> & Given<"traits", TraitsOf<Events>>>,
  IdentifyInput
>;
