import type { BrowserClientOptions } from "./options";
import type { PageStorage } from "./page-storage";
import { navigator } from "./platform";

/** The name under which a choice is stored. */
export const CONSENT = "consent";

/**
 * Whether the visitor agrees. Read each time: it may be chosen in another tab, or while this page rests in the
 * back/forward cache.
 */
export function consentOf({ consent = "granted", respectPrivacySignals }: BrowserClientOptions) {
  return ({ read }: PageStorage): string => {
    const { globalPrivacyControl, doNotTrack } = navigator;
    const isDenied = respectPrivacySignals && (globalPrivacyControl || doNotTrack === "1");
    return read(CONSENT) ?? (isDenied ? "denied" : consent);
  };
}
