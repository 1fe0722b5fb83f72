import { type BrowserClientOptions, type ConfigurationError, SegOpsClient } from "@segops/browser";
import type { Client, IdentifyInput, Payload } from "@segops/core";
import { createClientFacade } from "./client-facade";
import { withLatestFunctions } from "./latest-functions";

/** What the hooks need of a client. A `SegOpsClient` is one, and so is a recording client of a test. */
export interface ReactClient extends Pick<Client, "flush" | "subscribe"> {
  track(event: { readonly eventType: string; readonly payload?: Payload | undefined }): void;
  identify(user: IdentifyInput): void;
  setUser?(userId: string | undefined): void;
  reset?(): void;
  trackPageView?(): void;
  readonly userId?: string | undefined;
}

/** The user of the page, as far as the client knows. */
export interface User {
  readonly userId: string;
}

/** Carries a client through React's tree: pure to make, its client is made on the first use. */
export interface ClientHolder {
  /** Those of the latest render. */
  options: BrowserClientOptions;
  /** Stands for the client: it may be passed around while rendering, on the server too. */
  readonly client: SegOpsClient;
  track(eventType: string, payload?: unknown): void;
  userId(): string | undefined;
  setUser(user: (User & { readonly traits?: Payload | undefined }) | undefined): void;
  /** Calls back when the user may have changed. Returns the way to end it. */
  subscribe(onChange: () => void): () => void;
  /** A provider is on the page. Returns the way to say that it is not any more. */
  mount(): () => void;
}

/**
 * @param given A client that is not the holder's to shut down.
 * @param options What to make one with where none was given.
 */
export function createClientHolder(
  given: ReactClient | undefined,
  options: BrowserClientOptions,
): ClientHolder {
  const listeners = new Set<() => void>();
  let client: ReactClient | Partial<SegOpsClient> | undefined = given;
  let mounts = 0;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  /** Flushes and shuts down, unless a provider is on the page again: StrictMode and Fast Refresh mount twice. */
  const leave = async (): Promise<void> => {
    await 0;
    if (mounts) return;
    await client?.flush?.();
    if (mounts || given) return;
    (client as Partial<SegOpsClient> | undefined)?.shutdown?.();
    client = undefined;
  };

  const current = () => {
    if (client || !globalThis.document) return client;
    try {
      client = new SegOpsClient(withLatestFunctions(options, () => holder.options, changed));
    } catch (error) {
      // A wrong option must not take the page down.
      client = {};
      (options.onError ?? console.error)(error as ConfigurationError);
    }
    // Who tracks may not be mounted yet, or not any more: then nothing else would shut it down.
    if (!mounts) leave();
    return client;
  };

  const facade = createClientFacade(current, changed);

  const holder: ClientHolder = {
    options,
    client: facade,
    track: (eventType, payload) => facade.track({ eventType, payload: payload as Payload }),
    userId: () => client?.userId,
    setUser(user) {
      if (user?.traits) facade.identify(user);
      else facade.setUser(user?.userId);
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    mount() {
      mounts++;
      // Makes the client, and not only with the first event: an earlier visit may have left some behind.
      const stop = facade.subscribe(changed) as (() => void) | undefined;
      return () => {
        stop?.();
        mounts--;
        leave();
      };
    },
  };
  return holder;
}
