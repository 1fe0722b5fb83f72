import {
  type AnyCatalogue,
  type Catalogue,
  type ClientOptions,
  ConfigurationError,
  DEFAULT_OPTIONS,
} from "@segops/core";
import { type LightOptions, MAX_TIMER_MS } from "@segops/core/light";

/** Whether the visitor agrees to being counted. */
export type Consent = "pending" | "granted" | "denied";

/** What a client for pages is built with. Times are in milliseconds. */
export interface BrowserClientOptions<Events extends Catalogue = AnyCatalogue> extends ClientOptions<Events> {
  /**
   * Where undelivered events wait: `"local"` keeps them over reloads and visits, `"memory"` stores nothing.
   * Default: `"local"`.
   */
  readonly persistence?: "local" | "memory" | undefined;
  /**
   * `"pending"` holds events in memory, and stores and sends nothing, until `optIn()`; `"denied"` drops them. A choice
   * of `optIn()` or `optOut()` is remembered and goes before this option. Default: `"granted"`.
   */
  readonly consent?: Consent | undefined;
  /** Takes Global Privacy Control and Do Not Track for a denial. Default: false. */
  readonly respectPrivacySignals?: boolean | undefined;
  /** Tracks a page view now and with each navigation, as of a single-page application. Default: false. */
  readonly autoPageViews?: boolean | undefined;
  /** Used in place of the page's `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

function demand(isMet: unknown, option: string, problem: string): void {
  if (!isMet) throw new ConfigurationError(option, problem);
}

/** Fills in the defaults. Throws ConfigurationError. */
export function resolveBrowserOptions(options: BrowserClientOptions): LightOptions {
  const { apiUrl, apiKey, allowInsecure, batch } = options;
  demand(
    /^pk_[\x21-\x7e]+$/.test(apiKey),
    "apiKey",
    "must be a public key (pk_…). Everybody can read what is in a page: revoke a secret key (sk_, mk_) that was in one",
  );
  demand(
    /^https?:\/\/[^\s?#@/][^\s?#@]*$/i.test(apiUrl) &&
      (allowInsecure || /^(https|http:\/\/(([^/]+\.)?localhost|127\.[\d.]+|\[::1])(:|\/|$))/i.test(apiUrl)),
    "apiUrl",
    "must be like https://api.segops.ai. Plain http needs allowInsecure",
  );
  const numbers: Record<string, number> = {};
  // Not by for…in, here and elsewhere: some page's script has added to Object.prototype.
  for (const name of Object.keys(DEFAULT_OPTIONS)) {
    const option = name as keyof typeof DEFAULT_OPTIONS;
    const value = options[option] ?? DEFAULT_OPTIONS[option];
    demand(value >= 0, name, `must be at least 0, but is ${value}`);
    numbers[name] = Math.min(value, MAX_TIMER_MS);
  }
  return {
    ...options,
    ...(numbers as typeof DEFAULT_OPTIONS),
    ...(batch === false && { batchSize: 1 }),
    apiUrl: apiUrl.replace(/\/+$/, ""),
  };
}
