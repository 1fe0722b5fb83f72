import type { AnyCatalogue, Catalogue, Client, ShutdownOptions, TypedIdentifyInput } from "@segops/core";
import { CONSENT, consentOf } from "./consent";
import type { BrowserClientOptions } from "./options";
import { createPageClient, type PageInternals, type PageTrackInput } from "./page-client";
import { createPageViews, watchNavigation } from "./page-views";

/**
 * SegOps for pages. Make one for the page and share it.
 *
 * @example
 * const segops = new SegOpsClient({ apiUrl: "https://api.segops.ai", apiKey: "pk_live_…" });
 * segops.track({ eventType: "cart_opened", payload: { items: 3 } });
 * @typeParam Events The catalogue given as `events`, which types `track` and `identify`. Default: any event.
 */
export class SegOpsClient<Events extends Catalogue = AnyCatalogue> {
  // Declared and set in the constructor: a field costs a helper in ES2020.
  /** The parts behind it, for tools such as the inspector of `@segops/react`: they may change with any release. */
  declare readonly internals: PageInternals;

  /**
   * Takes an event in and returns at once: it is copied, stored and sent with others soon.
   *
   * @throws InvalidEventError with `strict` only; otherwise it goes to `onError`.
   */
  declare readonly track: (event: PageTrackInput<Events>) => void;
  /** Says who the visitor is, and what is known of them. What follows counts for this user. */
  declare readonly identify: (user: TypedIdentifyInput<Events>) => void;
  /** What follows counts for this user, or for nobody known. Sends no event. */
  declare readonly setUser: (userId: string | undefined) => void;
  /** Forgets the visitor, as after a logout: what follows counts for a new one. */
  declare readonly reset: () => void;
  /** Tracks `page_viewed`, and `ai_referral_session` when an AI assistant sent the visitor. */
  declare readonly trackPageView: (about?: { readonly userId?: string | undefined }) => void;
  /** The visitor agrees to being counted: what was held is sent, and the choice is remembered. */
  declare readonly optIn: () => void;
  /** The visitor does not agree: everything is dropped, stored events and the anonymous id too, but for the choice. */
  declare readonly optOut: () => void;
  /** Settles everything queued before the call, in one cycle of tries. What is pending then is tried again later. */
  declare readonly flush: Client["flush"];
  /** Takes no more events, and keeps trying to deliver what is queued until the time is up. The rest stays stored. */
  declare readonly shutdown: Client["shutdown"];
  /** Tells a listener of everything that happens to events from now on. Returns the way to end it. */
  declare readonly subscribe: Client["subscribe"];

  /** The id of the visitor before anyone logs in. Kept in localStorage. */
  declare readonly anonymousId: string;
  /** The user who is known, if there is one. */
  declare readonly userId: string | undefined;
  /** What became of all events so far. */
  declare readonly totals: Client["totals"];

  /** @throws ConfigurationError when an option is missing or wrong. */
  constructor(options: BrowserClientOptions<Events>) {
    const page = createPageClient(options, consentOf(options));
    const { storage, visitor, refresh } = page.internals;
    const trackPageView = createPageViews(page.track);
    // With its getters.
    Object.assign(Object.defineProperties(this, Object.getOwnPropertyDescriptors(page)), {
      trackPageView,
      optIn() {
        storage.write(CONSENT, "granted");
        visitor.remember();
        refresh();
      },
      optOut() {
        storage.clear();
        storage.write(CONSENT, "denied");
        refresh();
      },
      shutdown(shutdownOptions?: ShutdownOptions) {
        stopPageViews?.();
        return page.shutdown(shutdownOptions);
      },
    });
    const watches = options.autoPageViews && globalThis.history;
    const stopPageViews = watches ? watchNavigation(() => trackPageView()) : undefined;
  }
}
