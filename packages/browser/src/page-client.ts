import {
  type AnyCatalogue,
  type Catalogue,
  type Client,
  SegOpsError,
  type TrackInput,
  type TypedTrackInput,
} from "@segops/core";
import { createLightEngine, type LightEngine } from "@segops/core/light";
import { createFetchPost } from "./fetch-post";
import { keepAliveRoom } from "./keep-alive";
import { type BrowserClientOptions, resolveBrowserOptions } from "./options";
import { watchPage } from "./page-life";
import { createPageStorage, NO_STORAGE, type PageStorage } from "./page-storage";
import { newUuid } from "./uuid";
import { createVisitorIdentity, type VisitorIdentity } from "./visitor";

/** The same events, with the user left out or not. */
type OfTheVisitor<Input> = Input extends unknown
  ? Omit<Input, "userId"> & Partial<Pick<TrackInput, "userId">>
  : never;

/** What `track()` takes in a page: the user may be left out. */
export type PageTrackInput<Events extends Catalogue = AnyCatalogue> = OfTheVisitor<TypedTrackInput<Events>>;

/** The client that every page needs, and the parts behind it. */
export interface PageClient extends Pick<Client, "flush" | "shutdown" | "subscribe" | "totals"> {
  track(event: PageTrackInput): void;
  identify: Client["identify"];
  setUser(userId: string | undefined): void;
  reset(): void;
  readonly visitor: VisitorIdentity;
  readonly storage: PageStorage;
  readonly engine: LightEngine;
  /** To be called when consent, or anything else that decides over sending, has changed. */
  refresh(): void;
}

/** Whether events may be sent and stored, and whether they may be taken in at all. */
export interface Permission {
  mayStore(): boolean;
  mayTrack(): boolean;
}

const GRANTED: Permission = { mayStore: () => true, mayTrack: () => true };

/** A short name for a server and key: events of one are never sent to another. */
function hashOf(text: string): string {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (hash * 31 + text.charCodeAt(index)) | 0;
  return (hash >>> 0).toString(36);
}

export function createPageClient(
  given: BrowserClientOptions,
  permissionFor: (storage: PageStorage) => Permission = () => GRANTED,
): PageClient {
  const options = resolveBrowserOptions(given);
  const { apiUrl, apiKey, requestTimeout } = options;
  let isHidden = false;
  let stopWatching: (() => void) | undefined;

  const storage: PageStorage =
    given.persistence === "memory"
      ? NO_STORAGE
      : createPageStorage(`segops:${hashOf(apiUrl + apiKey)}:`, {
          queue: () => engine.queue,
          isAllowed: () => permission.mayStore(),
          adopted(count) {
            engine.post({ type: "recovered", count });
            watch();
            engine.sender.pump();
          },
          left: (events) =>
            engine.post({ type: "dropped", reason: "left_stored", count: events.length, events }),
          report: (code, message) => engine.report(new SegOpsError(code, message)),
        });
  const permission = permissionFor(storage);
  const visitor = createVisitorIdentity(options.getUser, storage, permission.mayStore);
  const engine = createLightEngine(options, {
    wallNow: () => Date.now(),
    now: () => performance.now(),
    random: () => Math.random(),
    newUuid,
    schedule(task, delayMs) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    post: createFetchPost(apiUrl, requestTimeout, given.fetch ?? ((...request) => fetch(...request))),
    keepAliveRoom,
    isHidden: () => isHidden,
    warn: (line) => console.warn(line),
    advice: (code) =>
      code === "forbidden" ? `Allow the origin ${location.origin} for this key` : "Check apiKey and apiUrl",
    store: storage.store,
    unstore: storage.unstore,
    complete: (input) => ({
      ...input,
      userId: input?.userId ?? visitor.userId,
      anonymousId: input?.anonymousId ?? visitor.anonymousId,
    }),
    refusal: () => (permission.mayTrack() ? undefined : "no_consent"),
  });
  const { client, sender, token } = engine;

  const refresh = (): void => {
    // First: who waits for a flush learns what is pending, before it is dropped.
    sender.setActive(navigator.onLine !== false && permission.mayStore());
    if (permission.mayTrack()) return;
    engine.drop("no_consent");
    visitor.forget();
  };

  /** No listener before it is needed. */
  const watch = (): void => {
    if (stopWatching) return;
    isHidden = document.visibilityState === "hidden";
    stopWatching = watchPage({
      hidden() {
        isHidden = true;
        sender.pump();
      },
      rested() {
        // Who waits for a flush learns what is pending.
        sender.setActive(false);
        storage.release();
        refresh();
      },
      shown() {
        isHidden = document.visibilityState === "hidden";
        storage.adopt();
      },
      connected: refresh,
      changedElsewhere(name) {
        if (name.endsWith(":consent")) refresh();
      },
    });
    refresh();
  };

  /** What was tracked so far leaves under the token of whom it is about. */
  const change = (to: () => void): void => {
    sender.leave();
    to();
    token.drop();
  };

  const setUser = (userId: string | undefined): void => {
    if ((userId ?? visitor.anonymousId) !== visitor.userId) change(() => visitor.setUser(userId));
  };

  // What an earlier visit left behind: later, as a page that starts has better things to do.
  const adoption = setTimeout(storage.adopt);

  return {
    visitor,
    storage,
    engine,
    refresh,
    setUser,
    track(event) {
      watch();
      client.track(event as TrackInput);
    },
    identify(user) {
      watch();
      if (user?.userId) setUser(user.userId);
      client.identify(user);
    },
    reset() {
      change(() => {
        visitor.setUser(undefined);
        visitor.forget();
      });
    },
    flush: client.flush,
    subscribe: client.subscribe,
    get totals() {
      return client.totals;
    },
    async shutdown(shutdownOptions) {
      const report = await client.shutdown(shutdownOptions);
      clearTimeout(adoption);
      // What is tracked from now on starts nothing any more.
      stopWatching ??= () => {};
      stopWatching();
      storage.release();
      return report;
    },
  };
}
