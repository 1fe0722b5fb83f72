import type { Catalogue, EventName } from "@segops/core";
import { useEffect, useRef } from "react";
import { useClientHolder } from "./provider";
import type { PayloadArguments, RegisteredEvents } from "./typed";

/**
 * Tracks an event once in the life of a component, when it is on the page.
 *
 * @throws Error outside `<SegOpsProvider>`.
 * @example
 * useTrackOnce("pricing_viewed", { plan });
 */
export function useTrackOnce<
  Events extends Catalogue = RegisteredEvents,
  Name extends EventName<Events> = EventName<Events>,
>(eventType: Name, ...payload: PayloadArguments<Events, Name>): void {
  const { track } = useClientHolder("useTrackOnce");
  const isDone = useRef(false);
  useEffect(() => {
    if (!isDone.current) track(eventType, ...payload);
    isDone.current = true;
  });
}
