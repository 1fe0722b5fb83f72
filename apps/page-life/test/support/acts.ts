import type { Frame, Page } from "puppeteer-core";
import type { Visit } from "./visit";

const visits = new WeakMap<Page | Frame, Visit>();

/** Numbers the events of a page for its visit. */
export function belongsTo(visit: Visit, page: Page | Frame): void {
  visits.set(page, visit);
}

/** Has something delivered: the page holds a token then. */
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
function nextNumbers(page: Page | Frame, count: number): [number, number] {
  const visit = visits.get(page) as Visit;
  visit.tracked += count;
  return [visit.tracked - count + 1, count];
}

export const flush = (page: Page | Frame) => page.evaluate(() => window.story.client?.flush());
const errorsOf = (page: Page | Frame) => page.evaluate(() => window.story.errors);
export const storedInPage = (page: Page) => page.evaluate(() => Object.keys(localStorage));

/** Tracks, and is on its way to another page in the same task. */
export async function trackManyAndLeave(page: Page, count: number, bytes = 10): Promise<void> {
  const left = page.waitForNavigation();
  const tracking = page.evaluate(
    (...about) => {
      window.story.track(...about);
      location.href = "/elsewhere";
    },
    ...nextNumbers(page, count),
    bytes,
  );
  // The page may be gone before it answers.
  await Promise.all([left, tracking.catch(() => {})]);
}

/** Another tab comes to the front. */
export async function hide(page: Page): Promise<void> {
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.visibilityState === "hidden", { polling: 50 });
}

export const goOffline = (page: Page) => page.setOfflineMode(true);
export const goOnline = (page: Page) => page.setOfflineMode(false);

/** What was said of trouble, without repeating itself. */
export async function troubleOf(page: Page | Frame): Promise<string[]> {
  return (await errorsOf(page)).map(({ code }) => code);
}

export async function leave(page: Page): Promise<void> {
  await page.goto(new URL("/elsewhere", page.url()).href);
}

/** Back to the page before, as it was. */
export async function goBack(page: Page): Promise<void> {
  await page.evaluate(() => history.back()).catch(() => {});
  await page.waitForFunction(() => window.story?.shown, { polling: 50 });
}

/** Whether the page came out of the back/forward cache. */
export const wasKept = (page: Page) => page.evaluate(() => window.story.shown === "again");

/** Tracks in a window that a script opened, and that closes itself in the same task. */
export async function trackManyAndCloseItself(popup: Page, count: number, bytes = 10): Promise<void> {
  const isGone = new Promise((resolve) => popup.once("close", resolve));
  const tracking = popup.evaluate(
    (...about) => {
      window.story.track(...about);
      window.close();
    },
    ...nextNumbers(popup, count),
    bytes,
  );
  await Promise.all([isGone, tracking.catch(() => {})]);
}

/** The browser lets nothing run in the page any more. */
export async function freeze(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
}
