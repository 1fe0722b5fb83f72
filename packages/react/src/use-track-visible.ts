import type { Catalogue, EventName } from "@segops/core";
import { type RefObject, useEffect, useRef } from "react";
import { useClientHolder } from "./provider";
import type { PayloadArguments, RegisteredEvents } from "./typed";

/**
 * Tracks an event once in the life of a component, when an element of it has come into view. Where there is no
 * `IntersectionObserver` nothing is tracked.
 *
 * @param ref The element: it may come later, or become another one.
 * @throws Error outside `<SegOpsProvider>`.
 * @example
 * const offer = useRef(null);
 * useTrackVisible(offer, "offer_seen", { offerId });
 * return <section ref={offer}>…</section>;
 */
export function useTrackVisible<
  Events extends Catalogue = RegisteredEvents,
  Name extends EventName<Events> = EventName<Events>,
>(ref: RefObject<Element | null>, eventType: Name, ...payload: PayloadArguments<Events, Name>): void {
  const { track } = useClientHolder("useTrackVisible");
  const isDone = useRef(false);
  // After each render, as the element and the payload may have changed.
  useEffect(() => {
    if (isDone.current || !ref.current || !self.IntersectionObserver) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      if (!isDone.current) track(eventType, ...payload);
      isDone.current = true;
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  });
}
