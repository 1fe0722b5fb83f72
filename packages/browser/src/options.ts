import {
  type AnyCatalogue,
  type Catalogue,
  type ClientOptions,
  ConfigurationError,
  DEFAULT_OPTIONS,
} from "@segops/core";
import type { LightOptions } from "@segops/core/light";

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

/** Fills in the defaults. Throws ConfigurationError. */
export function resolveBrowserOptions(options: BrowserClientOptions): LightOptions {
  const { apiUrl, apiKey, allowInsecure, batch } = options;
  const key = String(apiKey);
  if (!/^pk_[\x21-\x7e]+$/.test(key)) {
    throw new ConfigurationError(
      "apiKey",
      /^[sm]k_/.test(key)
        ? `is a ${key.slice(0, 3)} key, which everybody could read in a page: use a public key (pk_…), and revoke this one`
        : "must be a public key (pk_…)",
    );
  }
  let url: URL | undefined;
  try {
    url = new URL(apiUrl);
  } catch {
    // Said below.
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError("apiUrl", "must be an address such as https://api.segops.ai");
  }
  if (
    url.protocol === "http:" &&
    !allowInsecure &&
    !/^((.*\.)?localhost|127\.[\d.]+|\[::1])$/.test(url.hostname)
  ) {
    throw new ConfigurationError("apiUrl", `${apiUrl} is plain http: use https, or allowInsecure`);
  }
  const numbers: Record<string, number> = { ...DEFAULT_OPTIONS };
  for (const name in DEFAULT_OPTIONS) {
    const value = options[name as keyof typeof DEFAULT_OPTIONS] ?? numbers[name];
    if (!((value as number) >= 0)) {
      throw new ConfigurationError(name, `must be at least 0, but is ${value}`);
    }
    // A timer of more would end at once.
    numbers[name] = Math.min(value as number, 2 ** 31 - 1);
  }
  return {
    ...options,
    ...(numbers as typeof DEFAULT_OPTIONS),
    ...(batch === false && { batchSize: 1 }),
    apiUrl: apiUrl.replace(/\/+$/, ""),
  };
}
