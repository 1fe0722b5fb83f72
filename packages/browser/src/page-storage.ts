import { SegOpsError } from "@segops/core";
import { type Batch, callHost, type LightEngine } from "@segops/core/light";
import { navigator } from "./platform";
import { newUuid } from "./uuid";

/** What a page keeps beyond its life, in localStorage. Nothing here throws. */
export interface PageStorage {
  /** What was written under this name: by any tab, or where nothing can be stored by this page. */
  read(name: string): string | undefined;
  write(name: string, value: string): void;
  store(batch: Batch): void;
  unstore(batch: Batch): void;
  /** Takes over the events of tabs that are gone. */
  adopt(): void;
  /** Forgets everything, of all tabs and visits. */
  clear(): void;
  /** Lets other tabs take over what is stored: this page is about to rest, or is done. */
  release(): void;
}

/**
 * One small key for each turn's events, named after the tab that wrote it. A tab owns its keys by a Web Lock, which the
 * browser lets go of when the tab is gone, however it went. Without Web Locks, as over plain http, two tabs may both
 * send the same events: `eventIds` lets the server see it.
 *
 * @param isUsed Whether anything may ever be stored.
 * @param mayStore Whether events may be stored now.
 * @param onAdopted Called with the number of events that were taken over.
 */
export function createPageStorage(
  prefix: string,
  isUsed: boolean,
  mayStore: () => boolean,
  getEngine: () => LightEngine,
  onAdopted: (events: number) => void,
): PageStorage {
  const locks = navigator.locks;
  const written: Record<string, string> = {};
  const owned = new Set<string>();
  let releases: (() => void)[] = [];
  let tab = newUuid();
  let stored = 0;
  let isFull = !isUsed;
  let isTold = false;

  const report = (code: string, message: string): void => getEngine().report(new SegOpsError(code, message));

  const attempt = <Result>(use: () => Result): Result | undefined =>
    isUsed
      ? callHost(use, (problem) => {
          if (!isTold) report("storage_unavailable", `events are kept in memory only: ${problem}`);
          isFull = isTold = true;
        })
      : undefined;

  /** Holds the lock of a tab until release(). */
  const own = (name: string, options: LockOptions, then: () => void): void => {
    owned.add(name);
    const hold = (lock: unknown): unknown =>
      // Unless it is not ours to have, or was let go of meanwhile.
      lock && owned.has(name)
        ? new Promise<void>((release) => {
            releases.push(release);
            then();
          })
        : owned.delete(name);
    if (locks) locks.request(prefix + name, options, hold).catch(() => {});
    else hold(true);
  };

  const keys = (): string[] =>
    attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];

  const remove = (key: string): void => attempt(() => localStorage.removeItem(key));

  const release = (): void => {
    getEngine().drop("left_stored");
    for (const release of releases) release();
    releases = [];
    owned.clear();
    tab = newUuid();
  };

  const adoptTab = (name: string): void => {
    const { batches, insert } = getEngine().queue;
    let adopted = 0;
    for (const key of keys()) {
      const isKnown = [...batches].some((batch) => batch.keys.includes(key));
      const text = !isKnown && key.startsWith(prefix + name) && attempt(() => localStorage.getItem(key));
      if (!text) continue;
      try {
        const [visitor = "", ...events] = text.split("\n");
        // What cannot be read would fail with all that is sent beside it.
        const [{ userId }, { user_id }] = JSON.parse(`[${visitor},${events}]`);
        if (userId !== user_id) throw key;
        insert(events, visitor, { keys: [key] });
        adopted += events.length;
      } catch {
        report("stored_events_damaged", "stored events cannot be read");
        remove(key);
      }
    }
    if (adopted > 0) onAdopted(adopted);
  };

  return {
    read: (name) => attempt(() => localStorage.getItem(prefix + name)) ?? written[name],
    write(name, value) {
      written[name] = value;
      attempt(() => localStorage.setItem(prefix + name, value));
    },
    store({ keys, lane, events }) {
      if (isFull || !mayStore()) return;
      if (!owned.has(tab)) own(tab, {}, () => {});
      const key = `${prefix}${tab}:${++stored}`;
      attempt(() => {
        localStorage.setItem(key, [lane.visitor, ...events].join("\n"));
        keys.push(key);
      });
    },
    unstore({ keys }) {
      if (!keys[0]) return;
      isFull = false;
      keys.map(remove);
      // Firefox keeps a page that holds a lock out of its back/forward cache. One that is asked for may bring more.
      if (!getEngine().queue.size() && owned.size === releases.length) release();
    },
    adopt() {
      if (!mayStore()) return;
      for (const key of keys()) {
        const [, , name = "", number] = key.split(":");
        if (number && !owned.has(name)) own(name, { ifAvailable: true }, () => adoptTab(name));
      }
    },
    clear() {
      keys().map(remove);
    },
    release,
  };
}
