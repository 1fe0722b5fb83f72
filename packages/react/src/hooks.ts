import type { SegOpsClient } from "@segops/browser";
import type { Catalogue, EventName, IdentifyInput, Payload } from "@segops/core";
import { type RefObject, useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { User } from "./client-holder";
import { useClientHolder } from "./provider";
import type { Identify, PayloadArguments, RegisteredEvents, Track } from "./typed";

/** The client, the same one with each render. On the server it does nothing. */
export function useSegOps(): SegOpsClient {
  return useClientHolder("useSegOps").client;
}

/**
 * A function that tracks, the same one with each render.
 *
 * @example
 * const track = useTrack();
 * <button onClick={() => track("order_placed", { total: 42 })}>Buy</button>
 */
export function useTrack<Events extends Catalogue = RegisteredEvents>(): Track<Events> {
  const { client } = useClientHolder("useTrack");
  return useCallback(
    (eventType: string, payload?: unknown) =>
      client.track({ eventType, payload: payload as Payload | undefined }),
    [client],
  ) as Track<Events>;
}

/** A function that says who the visitor is and what is known of them, the same one with each render. */
export function useIdentify<Events extends Catalogue = RegisteredEvents>(): Identify<Events> {
  const { client } = useClientHolder("useIdentify");
  return useCallback((user: IdentifyInput) => client.identify(user), [client]) as Identify<Events>;
}

/** The user, undefined while nobody is known, and how that changes: `reset` is for a logout. */
export function useUser(): {
  readonly user: User | undefined;
  readonly setUser: (user: (User & { readonly traits?: Payload | undefined }) | undefined) => void;
  readonly reset: () => void;
} {
  const { user, setUser, reset, subscribe } = useClientHolder("useUser");
  return { user: useSyncExternalStore(subscribe, user, () => undefined), setUser, reset };
}

/**
 * Tracks a page view with each new path.
 *
 * @param path As your router gives it: `usePathname()` in Next.js, `useLocation().pathname` in React Router.
 */
export function usePageViews(path: string): void {
  const { client } = useClientHolder("usePageViews");
  const last = useRef<string>(undefined);
  useEffect(() => {
    // Effects run twice in StrictMode.
    if (last.current === path) return;
    last.current = path;
    client.trackPageView();
  }, [client, path]);
}

/** Tracks an event once in the life of a component. */
export function useTrackOnce<
  Events extends Catalogue = RegisteredEvents,
  Name extends EventName<Events> = EventName<Events>,
>(eventType: Name, ...payload: PayloadArguments<Events, Name>): void {
  const track = useTrack<Events>();
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    track(eventType, ...payload);
  });
}

/** Tracks an event once when an element has come into view, in the life of a component. */
export function useTrackVisible<
  Events extends Catalogue = RegisteredEvents,
  Name extends EventName<Events> = EventName<Events>,
>(ref: RefObject<Element | null>, eventType: Name, ...payload: PayloadArguments<Events, Name>): void {
  const track = useTrack<Events>();
  const isDone = useRef(false);
  const latest = useRef(payload);
  latest.current = payload;
  useEffect(() => {
    const element = ref.current;
    if (!element || isDone.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (isDone.current || !entries.some(({ isIntersecting }) => isIntersecting)) return;
      isDone.current = true;
      observer.disconnect();
      track(eventType, ...latest.current);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, track, eventType]);
}
