import type { AnyCatalogue, Catalogue, TrackInput, TypedTrackInput } from "@segops/core";
import { createRecordingClient, type RecordingClient, type RecordingClientOptions } from "./recording-client";

/** The same events, with the user left out or not. */
type OfTheVisitor<Input> = Input extends unknown
  ? Omit<Input, "userId"> & Partial<Pick<TrackInput, "userId">>
  : never;

/** What `track()` takes in a page: the user may be left out. */
export type PageTrackInput<Events extends Catalogue = AnyCatalogue> = OfTheVisitor<TypedTrackInput<Events>>;

/** A recording client with the methods of `@segops/browser`: it knows who the visitor is. */
export interface RecordingPageClient<Events extends Catalogue = AnyCatalogue>
  extends Omit<RecordingClient<Events>, "track"> {
  /** Takes an event of the visitor. */
  track(event: PageTrackInput<Events>): void;
  /** What follows counts for this user, or for nobody known. */
  setUser(userId: string | undefined): void;
  /** What follows counts for a new visitor. */
  reset(): void;
  /** Tracks `page_viewed`, with the path of the test's page if there is one. */
  trackPageView(about?: { readonly userId?: string | undefined }): void;
  /** What is tracked from now on is recorded. */
  optIn(): void;
  /** What is tracked from now on is dropped. */
  optOut(): void;
  /** `visitor-1`; after a `reset()` `visitor-2`, and so on. */
  readonly anonymousId: string;
  /** The user who is known, if there is one. */
  readonly userId: string | undefined;
}

/**
 * Makes a client for tests of pages and of React components: what is tracked without a user counts for the visitor.
 *
 * @param options As for `createRecordingClient()`.
 * @example
 * const segops = createRecordingPageClient({ events });
 * render(<SegOpsProvider client={segops}><Checkout /></SegOpsProvider>);
 * await user.click(screen.getByRole("button", { name: "Buy" }));
 * expect(segops).toHaveTracked("order_placed", { total: 42 });
 */
export function createRecordingPageClient<Events extends Catalogue = AnyCatalogue>(
  options: RecordingClientOptions<Events> = {},
): RecordingPageClient<Events> {
  const client = createRecordingClient<Events>(options);
  let visitors = 1;
  let known: string | undefined;
  let mayTrack = true;
  const anonymousId = () => `visitor-${visitors}`;

  const track = (event: Partial<TrackInput>): void => {
    if (!mayTrack) return;
    const { userId = known ?? anonymousId() } = event;
    // The engine takes the events that a client sends by itself, whatever the catalogue names.
    client.track({ anonymousId: anonymousId(), ...event, userId } as TypedTrackInput<Events>);
  };

  return {
    ...client,
    get totals() {
      return client.totals;
    },
    track: track as RecordingPageClient<Events>["track"],
    identify(user) {
      if (!mayTrack) return;
      known = user.userId;
      client.identify({ anonymousId: anonymousId(), ...user });
    },
    setUser(userId) {
      known = userId;
    },
    reset() {
      visitors++;
      known = undefined;
    },
    trackPageView({ userId } = {}) {
      track({ eventType: "page_viewed", payload: pageShown(), ...(userId && { userId }) });
    },
    optIn() {
      mayTrack = true;
    },
    optOut() {
      mayTrack = false;
    },
    get anonymousId() {
      return anonymousId();
    },
    get userId() {
      return known;
    },
  };
}

/** The page that jsdom, happy-dom or a browser shows; `/` where there is none. */
function pageShown(): { readonly path: string; readonly title?: string } {
  const { location, document } = globalThis as {
    location?: { readonly pathname: string };
    document?: { readonly title: string };
  };
  return { path: location?.pathname ?? "/", ...(document && { title: document.title }) };
}
