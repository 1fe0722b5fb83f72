import type { Client, IdentifyInput, NoticeListener, ShutdownOptions } from "@segops/core";
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
 */
export class SegOpsClient {
  readonly #page: PageClient;
  readonly #consent: ConsentKeeper;
  readonly #stopPageViews: (() => void) | undefined;

  /** Tracks `page_viewed`, and `ai_referral_session` when an AI assistant sent the visitor. */
  readonly trackPageView: (about?: { readonly userId?: string | undefined }) => void;

  /** @throws ConfigurationError when an option is missing or wrong. */
  constructor(options: BrowserClientOptions) {
    let consent: ConsentKeeper | undefined;
    this.#page = createPageClient(options, (storage) => {
      consent = createConsentKeeper(options, storage);
      return consent;
    });
    this.#consent = consent as unknown as ConsentKeeper;
    this.trackPageView = createPageViews(this.track);
    if (options.autoPageViews) this.#stopPageViews = watchNavigation(() => this.trackPageView());
  }

  /**
   * Takes an event in and returns at once: it is copied, stored and sent with others soon.
   *
   * @throws InvalidEventError with `strict` only; otherwise it goes to `onError`.
   */
  readonly track = (event: PageTrackInput): void => this.#page.track(event);

  /** Says who the visitor is, and what is known of them. What follows counts for this user. */
  readonly identify = (user: IdentifyInput): void => this.#page.identify(user);

  /** What follows counts for this user, or for nobody known. Sends no event. */
  readonly setUser = (userId: string | undefined): void => this.#page.setUser(userId);

  /** Forgets the visitor, as after a logout: what follows counts for a new one. */
  readonly reset = (): void => this.#page.reset();

  /** Settles everything queued before the call, in one cycle of tries. What is pending then is tried again later. */
  readonly flush: Client["flush"] = () => this.#page.flush();

  /** Takes no more events, and keeps trying to deliver what is queued until the time is up. The rest stays stored. */
  readonly shutdown: Client["shutdown"] = (options?: ShutdownOptions) => {
    this.#stopPageViews?.();
    return this.#page.shutdown(options);
  };

  /** Tells a listener of everything that happens to events from now on. Returns the way to end it. */
  readonly subscribe = (listener: NoticeListener): (() => void) => this.#page.subscribe(listener);

  /** The visitor agrees to being counted: what was held is sent, and the choice is remembered. */
  readonly optIn = (): void => {
    this.#consent.choose("granted");
    this.#page.visitor.remember();
    this.#page.refresh();
  };

  /** The visitor does not agree: everything is dropped, stored events and the anonymous id too, but for the choice. */
  readonly optOut = (): void => {
    this.#page.storage.write("anonymous_id", undefined);
    this.#page.engine.drop("no_consent");
    this.#consent.choose("denied");
    this.#page.refresh();
  };

  /** The id of the visitor before anyone logs in. Kept in localStorage. */
  get anonymousId(): string {
    return this.#page.visitor.anonymousId;
  }

  /** The user who is known, if there is one. */
  get userId(): string | undefined {
    const { userId, anonymousId } = this.#page.visitor;
    return userId === anonymousId ? undefined : userId;
  }

  /** What became of all events so far. */
  get totals(): Client["totals"] {
    return this.#page.totals;
  }
}
