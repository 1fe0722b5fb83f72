import type { Chunk, ChunkQueue } from "@segops/core/light";
import { newUuid } from "./uuid";

/** What a page keeps beyond its life, in localStorage. Nothing here throws. */
export interface PageStorage {
  read(name: string): string | undefined;
  write(name: string, value: string): void;
  store(chunk: Chunk): void;
  unstore(chunk: Chunk): void;
  /** Takes over the events of tabs that are gone. */
  adopt(): void;
  /** Forgets everything, of all tabs and visits. */
  clear(): void;
  /** Lets other tabs take over what is stored: this page is about to rest, or is done. */
  release(): void;
}

/** What the storage is for. */
interface Holder {
  queue(): ChunkQueue;
  /** Whether anything may be stored. */
  isAllowed(): boolean;
  adopted(events: number): void;
  /** Events are somebody else's to send now. */
  left(texts: string[]): void;
  report(code: string, message: string): void;
}

/** No storage: where it is not wanted. */
export const NO_STORAGE: PageStorage = {
  read: () => undefined,
  write() {},
  store() {},
  unstore() {},
  adopt() {},
  clear() {},
  release() {},
};

/**
 * One small key for each chunk, named after the tab that wrote it. A tab owns its chunks by a Web Lock, which the
 * browser lets go of when the tab is gone, however it went. Without Web Locks, as over plain http, two tabs may both
 * send the same chunk: `eventIds` lets the server see it.
 */
export function createPageStorage(prefix: string, holder: Holder): PageStorage {
  const locks = navigator.locks as LockManager | undefined;
  const owned = new Set<string>();
  let releases: (() => void)[] = [];
  let tab = newUuid();
  let chunks = 0;
  let isFull = false;
  let isTold = false;

  const attempt = <Result>(use: () => Result): Result | undefined => {
    try {
      return use();
    } catch (error) {
      const wasTold = isTold;
      isFull = isTold = true;
      if (!wasTold) holder.report("storage_unavailable", `events are kept in memory only: ${error}`);
      return undefined;
    }
  };

  /** Holds the lock of a tab until release(). */
  const own = (name: string, options: LockOptions, then: () => void): void => {
    owned.add(name);
    const hold = (lock: unknown): Promise<void> | undefined => {
      // Not ours to have, or let go of meanwhile.
      if (!lock || !owned.has(name)) {
        owned.delete(name);
        return undefined;
      }
      const held = new Promise<void>((release) => releases.push(release));
      then();
      return held;
    };
    if (locks) locks.request(prefix + name, options, hold).catch(() => {});
    else hold(true);
  };

  const keys = (): string[] =>
    (attempt(() => Object.keys(localStorage)) ?? []).filter((key) => key.startsWith(prefix));

  const release = (): void => {
    for (const chunk of holder.queue().chunks) {
      if (!chunk.key || chunk.isUnderWay) continue;
      holder.queue().forget(chunk);
      holder.left(chunk.texts);
    }
    for (const release of releases) release();
    releases = [];
    owned.clear();
    tab = newUuid();
  };

  const adoptChunks = (keys: readonly string[]): void => {
    const known = [...holder.queue().chunks].map(({ key }) => key);
    let adopted = 0;
    for (const key of keys.filter((key) => !known.includes(key))) {
      const stored = attempt(() => localStorage.getItem(key));
      // Delivered meanwhile.
      if (!stored) continue;
      try {
        const lines = stored.split("\n");
        // What cannot be read would fail with all that is sent beside it.
        const [[userId], { user_id }] = JSON.parse(`[${lines}]`);
        if (userId !== user_id) throw userId;
        const [visitor = "", ...texts] = lines;
        holder.queue().insert(texts, visitor, { key });
        adopted += texts.length;
      } catch {
        holder.report("stored_events_damaged", "stored events cannot be read");
        attempt(() => localStorage.removeItem(key));
      }
    }
    if (adopted > 0) holder.adopted(adopted);
  };

  return {
    read: (name) => attempt(() => localStorage.getItem(prefix + name) ?? undefined),
    write(name, value) {
      attempt(() => localStorage.setItem(prefix + name, value));
    },
    store(chunk) {
      if (isFull || !holder.isAllowed()) return;
      if (!owned.has(tab)) own(tab, {}, () => {});
      const key = `${prefix}${tab}:${++chunks}`;
      attempt(() => {
        localStorage.setItem(key, [chunk.visitor, ...chunk.texts].join("\n"));
        chunk.key = key;
      });
    },
    unstore({ key }) {
      if (!key) return;
      isFull = false;
      attempt(() => localStorage.removeItem(key));
      // Firefox keeps a page that holds a lock out of its back/forward cache. One that is asked for may bring more.
      if (!holder.queue().chunks.size && owned.size === releases.length) release();
    },
    adopt() {
      if (!holder.isAllowed()) return;
      const tabs = new Map<string, string[]>();
      for (const key of keys()) {
        const [, name] = /^(.{36}):/.exec(key.slice(prefix.length)) ?? [];
        if (name && !owned.has(name)) tabs.set(name, [...(tabs.get(name) ?? []), key]);
      }
      for (const [name, keys] of tabs) own(name, { ifAvailable: true }, () => adoptChunks(keys));
    },
    clear() {
      for (const key of keys()) attempt(() => localStorage.removeItem(key));
    },
    release,
  };
}
