import type { Page } from "puppeteer-core";
import type { Visit } from "./visit";

/** What a page's scripts did to it since `observe()`. */
export interface Observed {
  readonly listeners: string[];
  /** Timers that are still to come. */
  readonly timers: number;
  readonly printed: string[];
  readonly newGlobals: string[];
}

declare global {
  interface Window {
    observed: { listeners: string[]; timers: Set<unknown>; printed: string[]; globals: string[] };
  }
}

/** A tab that notes what its scripts do. */
export async function goToObserved(visit: Visit): Promise<Page> {
  const page = await visit.newTab();
  await page.evaluateOnNewDocument(() => {
    const observed = { listeners: [] as string[], timers: new Set<unknown>(), printed: [] as string[] };
    window.observed = { ...observed, globals: [] };
    const { setTimeout, clearTimeout } = window;
    const { addEventListener } = EventTarget.prototype;
    window.setTimeout = ((task: () => void, ms: number) => {
      const timer = setTimeout(() => {
        observed.timers.delete(timer);
        task();
      }, ms);
      observed.timers.add(timer);
      return timer;
    }) as typeof setTimeout;
    window.clearTimeout = (timer) => {
      observed.timers.delete(timer);
      clearTimeout(timer);
    };
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...about: [string, never]) {
      observed.listeners.push(about[0]);
      addEventListener.apply(this, about);
    };
    for (const level of ["log", "info", "warn", "error", "debug"] as const)
      console[level] = (...words: unknown[]) => void observed.printed.push(words.join(" "));
  });
  await page.goto(visit.site.url);
  await page.evaluate(() => {
    window.observed.listeners.length = 0;
    window.observed.globals = Object.getOwnPropertyNames(window);
  });
  return page;
}

export async function observedIn(page: Page): Promise<Observed> {
  return page.evaluate(() => {
    const { listeners, timers, printed, globals } = window.observed;
    const newGlobals = Object.getOwnPropertyNames(window).filter((name) => !globals.includes(name));
    return { listeners, timers: timers.size, printed, newGlobals };
  });
}
