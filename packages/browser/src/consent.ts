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
  let current: Consent | undefined;

  const state = (): Consent => {
    current ??=
      (storage.read(CONSENT) as Consent | undefined) ??
      (respectPrivacySignals && isDeniedByBrowser() ? "denied" : consent);
    return current;
  };

  return {
    mayStore: () => state() === "granted",
    mayTrack: () => state() !== "denied",
    reread(name) {
      if (!name.endsWith(`:${CONSENT}`)) return false;
      current = undefined;
      return true;
    },
    choose(choice) {
      current = choice;
      storage.write(CONSENT, choice);
    },
  };
}
