import type {
  AnyCatalogue,
  Catalogue,
  Client,
  IdentifyInput,
  NoticeListener,
  ShutdownOptions,
  TypedIdentifyInput,
} from "@segops/core";
import { type ConsentKeeper, createConsentKeeper } from "./consent";
import type { BrowserClientOptions } from "./options";
import { createPageClient, type PageClient, type PageTrackInput } from "./page-client";
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
  /** The parts behind it, for tools such as the inspector of `@segops/react`: they may change with any release. */
  readonly internals: PageClient;
  readonly #consent: ConsentKeeper;
  readonly #stopPageViews: (() => void) | undefined;

  /** Tracks `page_viewed`, and `ai_referral_session` when an AI assistant sent the visitor. */
  readonly trackPageView: (about?: { readonly userId?: string | undefined }) => void;

  /** @throws ConfigurationError when an option is missing or wrong. */
  constructor(options: BrowserClientOptions<Events>) {
    let consent: ConsentKeeper | undefined;
    this.internals = createPageClient(options, (storage) => {
      consent = createConsentKeeper(options, storage);
      return consent;
    });
    this.#consent = consent as unknown as ConsentKeeper;
    this.trackPageView = createPageViews(this.internals.track);
    if (options.autoPageViews) this.#stopPageViews = watchNavigation(() => this.trackPageView());
  }

  /**
   * Takes an event in and returns at once: it is copied, stored and sent with others soon.
   *
   * @throws InvalidEventError with `strict` only; otherwise it goes to `onError`.
   */
  readonly track = (event: PageTrackInput<Events>): void => this.internals.track(event as PageTrackInput);

  /** Says who the visitor is, and what is known of them. What follows counts for this user. */
  readonly identify = (user: TypedIdentifyInput<Events>): void =>
    this.internals.identify(user as IdentifyInput);

  /** What follows counts for this user, or for nobody known. Sends no event. */
  readonly setUser = (userId: string | undefined): void => this.internals.setUser(userId);

  /** Forgets the visitor, as after a logout: what follows counts for a new one. */
  readonly reset = (): void => this.internals.reset();

  /** Settles everything queued before the call, in one cycle of tries. What is pending then is tried again later. */
  readonly flush: Client["flush"] = () => this.internals.flush();

  /** Takes no more events, and keeps trying to deliver what is queued until the time is up. The rest stays stored. */
  readonly shutdown: Client["shutdown"] = (options?: ShutdownOptions) => {
    this.#stopPageViews?.();
    return this.internals.shutdown(options);
  };

  /** Tells a listener of everything that happens to events from now on. Returns the way to end it. */
  readonly subscribe = (listener: NoticeListener): (() => void) => this.internals.subscribe(listener);

  /** The visitor agrees to being counted: what was held is sent, and the choice is remembered. */
  readonly optIn = (): void => {
    this.#consent.choose("granted");
    this.internals.visitor.remember();
    this.internals.refresh();
  };

  /** The visitor does not agree: everything is dropped, stored events and the anonymous id too, but for the choice. */
  readonly optOut = (): void => {
    this.internals.storage.clear();
    this.internals.engine.drop("no_consent");
    this.#consent.choose("denied");
    this.internals.refresh();
  };

  /** The id of the visitor before anyone logs in. Kept in localStorage. */
  get anonymousId(): string {
    return this.internals.visitor.anonymousId;
  }

  /** The user who is known, if there is one. */
  get userId(): string | undefined {
    const { userId, anonymousId } = this.internals.visitor;
    return userId === anonymousId ? undefined : userId;
  }

  /** What became of all events so far. */
  get totals(): Client["totals"] {
    return this.internals.totals;
  }
}
