import type { SegOpsClient } from "@segops/browser";
import type { Client, IdentifyInput, Notice, Payload } from "@segops/core";

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
  /** Stands for the client: it may be passed around while rendering, on the server too, where it does nothing. */
  readonly client: SegOpsClient;
  user(): User | undefined;
  setUser(user: (User & { readonly traits?: Payload | undefined }) | undefined): void;
  reset(): void;
  /** Calls back when the user may have changed. Returns the way to end it. */
  subscribe(onChange: () => void): () => void;
  /** A provider is on the page. Returns the way to say that it is not any more. */
  mount(): () => void;
}

/** What can only be read, and not called. */
const PROPERTIES = new Set<PropertyKey>(["totals", "userId", "anonymousId", "then"]);

/**
 * @param given A client that is not the holder's to shut down.
 * @param make Makes one where none was given.
 */
export function createClientHolder(given: ReactClient | undefined, make: () => SegOpsClient): ClientHolder {
  const listeners = new Set<() => void>();
  let own: SegOpsClient | undefined;
  let mounts = 0;
  let user: User | undefined;

  const changed = (notice?: Notice): void => {
    if (!notice || notice.type === "queued") for (const listener of listeners) listener();
  };
  const get = (): ReactClient | undefined => {
    if (given) return given;
    if (!own && typeof document !== "undefined") {
      own = make();
      own.subscribe(changed);
    }
    return own;
  };
  const methods: Record<PropertyKey, unknown> = {};
  const client = new Proxy(methods, {
    get(_, name) {
      const current = () => get() as Record<PropertyKey, unknown> | undefined;
      if (PROPERTIES.has(name)) return current()?.[name];
      methods[name] ??= (...input: unknown[]) =>
        (current()?.[name] as ((...input: unknown[]) => unknown) | undefined)?.(...input);
      return methods[name];
    },
  }) as unknown as SegOpsClient;

  return {
    client,
    user() {
      const userId = (given ?? own)?.userId;
      if (userId !== user?.userId) user = userId === undefined ? undefined : { userId };
      return user;
    },
    setUser(next) {
      if (next?.traits) client.identify(next);
      else client.setUser(next?.userId);
      changed();
    },
    reset() {
      client.reset();
      changed();
    },
    subscribe(onChange) {
      listeners.add(onChange);
      const stop = given?.subscribe(changed);
      return () => {
        listeners.delete(onChange);
        stop?.();
      };
    },
    mount() {
      mounts++;
      // Not only with the first event: an earlier visit may have left some behind.
      get();
      return () => {
        mounts--;
        void client.flush();
        // Not at once: StrictMode and Fast Refresh mount again in the same turn.
        void Promise.resolve().then(() => {
          if (mounts > 0) return;
          void own?.shutdown();
          own = undefined;
        });
      };
    },
  };
}
