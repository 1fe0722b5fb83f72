import type { BrowserClientOptions } from "@segops/browser";
import { DEFAULT_PUBLIC_KEY } from "@segops/local-api";
import type { Frame, Page } from "puppeteer-core";
import { everythingStored } from "./database";
import type { Visit } from "./visit";

/** Options that can be handed to a page. */
export type PageOptions = Partial<
  Pick<BrowserClientOptions, "apiKey" | "apiUrl" | "consent" | "flushInterval" | "persistence">
>;

const numbers = new WeakMap<Page | Frame, Visit>();

/** A tab at an address of the site, without a client. */
export async function goTo(visit: Visit, path = "/"): Promise<Page> {
  const page = await visit.newTab();
  numbers.set(page, visit);
  await page.goto(visit.site.url + path);
  return page;
}

/** Makes the client of a page. */
export async function startClient(
  visit: Visit,
  page: Page | Frame,
  options: PageOptions = {},
): Promise<void> {
  numbers.set(page, visit);
  await page.evaluate((given) => void window.story.start(given), {
    apiUrl: visit.server.url,
    apiKey: DEFAULT_PUBLIC_KEY,
    ...options,
  });
}

/** A tab of the site with a client that has nothing to do yet. */
export async function openPage(visit: Visit, options?: PageOptions, path?: string): Promise<Page> {
  const page = await goTo(visit, path);
  await startClient(visit, page, options);
  return page;
}

/** A tab whose client has delivered something: it holds a token. */
export async function openSettledPage(visit: Visit, options?: PageOptions, path?: string): Promise<Page> {
  const page = await openPage(visit, options, path);
  await settle(page);
  return page;
}

export async function settle(page: Page | Frame): Promise<void> {
  await page.evaluate(async () => {
    window.story.client?.track({ eventType: "settled" });
    await window.story.client?.flush();
  });
}

/** Tracks numbered events in one task of the page. */
export async function trackMany(page: Page | Frame, count: number, bytes = 10): Promise<void> {
  await page.evaluate((...about) => window.story.track(...about), ...nextNumbers(page, count), bytes);
}

/** The first number, and how many. */
export function nextNumbers(page: Page | Frame, count: number): [number, number] {
  const visit = numbers.get(page) as Visit;
  visit.tracked += count;
  return [visit.tracked - count + 1, count];
}

/** Comes back to the site later, and waits until everything is stored. */
export async function visitLater(visit: Visit): Promise<void> {
  await openPage(visit);
  await everythingStored(visit);
}

export const flush = (page: Page | Frame) => page.evaluate(() => window.story.client?.flush());
export const errorsOf = (page: Page | Frame) => page.evaluate(() => window.story.errors);
export const storedInPage = (page: Page) => page.evaluate(() => Object.keys(localStorage));

/** Tracks, and is on its way to another page in the same task. */
export async function trackManyAndLeave(page: Page, count: number, bytes = 10): Promise<void> {
  const left = page.waitForNavigation();
  await page.evaluate(
    (...about) => {
      window.story.track(...about);
      location.href = "/elsewhere";
    },
    ...nextNumbers(page, count),
    bytes,
  );
  await left;
}

/** Another tab comes to the front. */
export async function hide(page: Page): Promise<void> {
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.visibilityState === "hidden", { polling: 50 });
}

/** Without a chance to save anything. */
export async function killBrowser(visit: Visit): Promise<void> {
  const process = (await visit.browserWithProfile()).process();
  const isGone = new Promise((resolve) => process?.once("exit", resolve));
  process?.kill("SIGKILL");
  await isGone;
}

export const goOffline = (page: Page) => page.setOfflineMode(true);
export const goOnline = (page: Page) => page.setOfflineMode(false);

/** What was said of trouble, without repeating itself. */
export async function troubleOf(page: Page | Frame): Promise<string[]> {
  return (await errorsOf(page)).map(({ code }) => code);
}

/** Ways in which a browser may deny its storage. */
export const breakStorage = {
  "setItem throws": () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  "access to localStorage throws": () => {
    const denied = (): never => {
      throw new DOMException("denied", "SecurityError");
    };
    Object.defineProperty(window, "localStorage", { get: denied });
    Object.defineProperty(window, "indexedDB", { get: denied });
  },
};

/** A tab in which something is broken before any script runs. */
export async function goToBroken(visit: Visit, breakPage: () => void): Promise<Page> {
  const page = await visit.newTab();
  await page.evaluateOnNewDocument(breakPage);
  await page.goto(visit.site.url);
  return page;
}

export async function openSandboxedFrame(visit: Visit): Promise<Frame> {
  const page = await goTo(visit, "/frame");
  const frame = await page.waitForFrame((each) => each !== page.mainFrame() && each.url().endsWith("/"));
  await frame.waitForFunction(() => window.story, { polling: 50 });
  await startClient(visit, frame);
  return frame;
}
