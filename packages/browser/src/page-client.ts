import {
  type AnyCatalogue,
  type Catalogue,
  type Client,
  InvalidEventError,
  type TrackInput,
  type TypedTrackInput,
} from "@segops/core";
import { createLightEngine, type LightEngine } from "@segops/core/light";
import { createFetchPost } from "./fetch-post";
import { keepAliveRoom } from "./keep-alive";
import { type BrowserClientOptions, resolveBrowserOptions } from "./options";
import { isHidden, watchPage } from "./page-life";
import { createPageStorage, type PageStorage } from "./page-storage";
import { isPage, location, navigator, schedule, utf8Length } from "./platform";
import { newUuid } from "./uuid";
import { createVisitorIdentity, type VisitorIdentity } from "./visitor";

/** The same events, with the user left out or not. */
type OfTheVisitor<Input> = Input extends unknown
  ? Omit<Input, "userId"> & Partial<Pick<TrackInput, "userId">>
  : never;

/** What `track()` takes in a page: the user may be left out. */
export type PageTrackInput<Events extends Catalogue = AnyCatalogue> = OfTheVisitor<TypedTrackInput<Events>>;

/** The parts of a client for tools such as the inspector of `@segops/react`: they may change with any release. */
export interface PageInternals {
  readonly visitor: VisitorIdentity;
  readonly storage: PageStorage;
  readonly engine: LightEngine;
  /** To be called when consent, or anything else that decides over sending, has changed. */
  refresh(): void;
}

/** The client that every page needs. */
export interface PageClient extends Pick<Client, "identify" | "flush" | "shutdown" | "subscribe" | "totals"> {
  track(event: PageTrackInput): void;
  setUser(userId: string | undefined): void;
  reset(): void;
  readonly anonymousId: string;
  readonly userId: string | undefined;
  readonly internals: PageInternals;
}

/** A short name for a server and key: events of one are never sent to another. */
function hashOf(text: string): string {
  const hash = [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 0);
  return hash.toString(36);
}

/** @param consentIn Whether the visitor agrees, by what is stored: `granted`, `denied` or `pending`. */
export function createPageClient(
  given: BrowserClientOptions,
  consentIn: (storage: PageStorage) => string = () => "granted",
): PageClient {
  const options = resolveBrowserOptions(given);
  const { apiUrl, apiKey, requestTimeout } = options;
  let stopWatching: (() => void) | undefined;

  const mayStore = () => consentIn(storage) === "granted";
  const isDenied = () => consentIn(storage) === "denied";

  const storage = createPageStorage(
    `segops:${hashOf(apiUrl + apiKey)}:`,
    given.persistence !== "memory" && isPage,
    mayStore,
    () => engine,
    (count) => {
      engine.post({ type: "recovered", count });
      watch();
      sender.pump();
    },
  );
  const visitor = createVisitorIdentity(options.getUser, storage, mayStore);
  const engine = createLightEngine(options, {
    ...storage,
    schedule,
    // Longer than a frame: a click is answered on the screen first.
    patienceMs: 20,
    utf8Length,
    newUuid,
    room: keepAliveRoom,
    isHidden,
    wallNow: () => Date.now(),
    now: () => performance.now(),
    random: () => Math.random(),
    warn: (line) => console.warn(line),
    post: createFetchPost(apiUrl, requestTimeout, given.fetch ?? ((url, init) => fetch(url, init))),
    advice: (code) =>
      code === "forbidden" ? `Allow the origin ${location.origin} for this key` : "Check apiKey and apiUrl",
    complete(input) {
      watch();
      return {
        ...input,
        userId: input?.userId ?? visitor.userId,
        anonymousId: input?.anonymousId ?? visitor.anonymousId,
      };
    },
    refusal: () => (isDenied() ? "no_consent" : undefined),
  });
  const { client, sender } = engine;
  if (given.debug)
    client.subscribe((notice) => (given.logger ?? console).debug(`[segops] ${JSON.stringify(notice)}`));

  const refresh = (): void => {
    // First: who waits for a flush learns what is pending, before it is dropped.
    sender.setActive(navigator.onLine !== false && mayStore());
    if (!isDenied()) return;
    engine.drop("no_consent");
    visitor.forget();
  };

  /** No listener before it is needed. */
  const watch = (): void => {
    if (stopWatching) return;
    if (!isPage) throw new InvalidEventError("event", "must come from a page. Use @segops/node on a server");
    stopWatching = watchPage(sender, storage, refresh);
    refresh();
  };

  /** What was tracked so far leaves under the token of whom it is about. */
  const change = (to: () => void): void => {
    sender.leave();
    to();
    sender.dropTokens();
  };

  const setUser = (userId: string | undefined): void => {
    if ((userId ?? visitor.anonymousId) !== visitor.userId) change(() => visitor.setUser(userId));
  };

  // What an earlier visit left behind: later, as a page that starts has better things to do.
  const adoption = setTimeout(storage.adopt);

  return {
    ...client,
    setUser,
    internals: { visitor, storage, engine, refresh },
    identify(user) {
      if (user?.userId) setUser(user.userId);
      client.identify(user);
    },
    reset() {
      change(() => {
        visitor.setUser(undefined);
        visitor.forget();
      });
    },
    get anonymousId() {
      return visitor.anonymousId;
    },
    get userId() {
      return visitor.userId === visitor.anonymousId ? undefined : visitor.userId;
    },
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
