import type { Payload } from "../event";
import type { StandardSchema } from "./standard-schema";

/** The schema of one event's payload, or of traits: what comes out of it is an object, and is what is sent. */
export type PayloadSchema = StandardSchema<unknown, object>;

/** Event names, and the schema of each one's payload. */
export type EventSchemas = Readonly<Record<string, PayloadSchema>>;

/**
 * The events a client may send, made by `defineEvents()`. The client is typed by it, and checks against it at run
 * time. Clients call `check` and nothing else, so that any object that has it will do.
 */
export interface Catalogue<
  Events extends EventSchemas = EventSchemas,
  Traits extends PayloadSchema | undefined = PayloadSchema | undefined,
> {
  readonly events: Events;
  /** The schema of what `identify()` says of a user. Undefined: any traits will do. */
  readonly traits: Traits;
  /**
   * Checks a payload, or traits under the event type `context_identified`.
   *
   * @returns The payload to send: what the schema gives back, with its defaults and transformations.
   * @throws InvalidEventError The event is not in the catalogue, its payload does not match, or the schema is
   *   asynchronous.
   */
  check(eventType: string, payload: unknown): Payload;
}

/** Where no catalogue is given: any event will do. `any`, as a client with a catalogue is to be one of these too. */
// biome-ignore lint/suspicious/noExplicitAny: nothing else is both wider and narrower than every catalogue.
export type AnyCatalogue = any;
