import { aiReferralOf } from "./ai-providers";
import { createListening } from "./listening";
import type { PageTrackInput } from "./page-client";
import { document, location } from "./platform";

type Track = (event: PageTrackInput) => void;

/** Tracks the page that is in front of the visitor, and once the AI assistant that sent them. */
export function createPageViews(track: Track): (about?: { readonly userId?: string | undefined }) => void {
  let hasReferral = false;
  return ({ userId } = {}) => {
    const user = userId && { userId };
    const { referrer = "", title } = document;
    const payload = { path: location.pathname, title, ...(referrer && { referrer }) };
    track({ eventType: "page_viewed", payload, ...user });
    const referral = hasReferral ? undefined : aiReferralOf(referrer);
    hasReferral = true;
    if (referral) {
      const payload = { ...referral, landing_url: location.href, referrer_url: referrer };
      track({ eventType: "ai_referral_session", payload, ...user });
    }
  };
}

/** Calls back now and whenever the address has changed. Returns the way to end it. */
export function watchNavigation(onPage: () => void): () => void {
  const { on, undo, stop } = createListening();
  let address: string | undefined;
  let tell = onPage;
  undo.push(() => {
    tell = () => {};
  });

  const look = (): void => {
    if (location.href === address) return;
    address = location.href;
    tell();
  };
  const begin = (): void => {
    look();
    on("popstate", look);
    on("hashchange", look);
    for (const method of ["pushState", "replaceState"] as const) {
      const original = history[method];
      const watched: typeof original = (...state) => {
        original.apply(history, state);
        look();
      };
      history[method] = watched;
      undo.push(() => {
        // Somebody else may have put theirs around it meanwhile: then it stays, and does nothing.
        if (history[method] === watched) history[method] = original;
      });
    }
  };

  // A page that is only prepared has no visitor yet.
  if (document.prerendering) on("prerenderingchange", begin);
  else begin();
  return stop;
}
