import { aiReferralOf } from "./ai-providers";
import type { PageTrackInput } from "./page-client";

type Track = (event: PageTrackInput) => void;

/** Tracks the page that is in front of the visitor, and once the AI assistant that sent them. */
export function createPageViews(track: Track): (about?: { readonly userId?: string | undefined }) => void {
  let hasReferral = false;
  return ({ userId } = {}) => {
    const { referrer, title } = document;
    track({
      eventType: "page_viewed",
      payload: { path: location.pathname, title, ...(referrer && { referrer }) },
      ...(userId && { userId }),
    });
    const referral = hasReferral ? undefined : aiReferralOf(referrer);
    hasReferral = true;
    if (referral) {
      track({
        eventType: "ai_referral_session",
        payload: { ...referral, landing_url: location.href, referrer_url: referrer },
        ...(userId && { userId }),
      });
    }
  };
}

/** Calls back now and whenever the address has changed. Returns the way to end it. */
export function watchNavigation(onPage: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let address = "";

  const look = (): void => {
    if (signal.aborted || location.href === address) return;
    address = location.href;
    onPage();
  };
  const begin = (): void => {
    look();
    addEventListener("popstate", look, { signal });
    addEventListener("hashchange", look, { signal });
    for (const method of ["pushState", "replaceState"] as const) {
      const original = history[method];
      const watched: typeof original = (...state) => {
        original.apply(history, state);
        look();
      };
      history[method] = watched;
      signal.addEventListener("abort", () => {
        // Somebody else may have put theirs around it meanwhile: then it stays, and does nothing.
        if (history[method] === watched) history[method] = original;
      });
    }
  };

  // A page that is only prepared has no visitor yet.
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener("prerenderingchange", begin, { once: true, signal });
  else begin();
  return () => controller.abort();
}
