import type { AnyCatalogue, Catalogue, EventName, PayloadOf, TypedIdentifyInput } from "@segops/core";

/**
 * Names the catalogue that all hooks are typed by. Declare it once:
 *
 * @example
 * declare module "@segops/react" {
 *   interface Register { events: typeof events }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: users add to it
export interface Register {}

/** The catalogue that was registered. Default: any event. */
export type RegisteredEvents = Register extends { events: infer Events extends Catalogue }
  ? Events
  : AnyCatalogue;

/** Tracks an event of the visitor: its type, and its payload where it has one. */
export type Track<Events extends Catalogue = RegisteredEvents> = <Name extends EventName<Events>>(
  eventType: Name,
  ...payload: PayloadArguments<Events, Name>
) => void;

/** The payload may be left out where `{}` is one. */
export type PayloadArguments<Events extends Catalogue, Name extends EventName<Events>> =
  Record<never, never> extends PayloadOf<Events, Name>
    ? [payload?: PayloadOf<Events, Name>]
    : [payload: PayloadOf<Events, Name>];

/** Says who the visitor is, and what is known of them. */
export type Identify<Events extends Catalogue = RegisteredEvents> = (
  user: TypedIdentifyInput<Events>,
) => void;
