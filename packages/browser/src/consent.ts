import type { BrowserClientOptions, Consent } from "./options";
import type { Permission } from "./page-client";
import type { PageStorage } from "./page-storage";

/** Whether the visitor agrees, and how that changes. */
export interface ConsentKeeper extends Permission {
  /** Remembers a choice. */
  choose(choice: Exclude<Consent, "pending">): void;
}

const CONSENT = "consent";

function isDeniedByBrowser(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl === true || doNotTrack === "1";
}

export function createConsentKeeper(
  { consent = "granted", respectPrivacySignals }: BrowserClientOptions,
  storage: PageStorage,
): ConsentKeeper {
  let chosen: Consent | undefined;

  // Read each time: it may be chosen in another tab, or while this page rests in the back/forward cache.
  const state = () =>
    storage.read(CONSENT) ?? chosen ?? (respectPrivacySignals && isDeniedByBrowser() ? "denied" : consent);

  return {
    mayStore: () => state() === "granted",
    mayTrack: () => state() !== "denied",
    choose(choice) {
      chosen = choice;
      storage.write(CONSENT, choice);
    },
  };
}
