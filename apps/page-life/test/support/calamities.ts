import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { vi } from "vitest";
import type { Visit } from "./visit";

/** Without a chance to save anything. */
export async function killBrowser(visit: Visit): Promise<void> {
  const process = (await visit.browserWithProfile()).process();
  const isGone = new Promise((resolve) => process?.once("exit", resolve));
  process?.kill("SIGKILL");
  await isGone;
}

/** Ways in which a browser may deny its storage. */
export const breakStorage = {
  "setItem throws": () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  "storage is full": () => {
    for (const size of [2 ** 20, 2 ** 10, 1])
      try {
        for (let part = 0; ; part++) localStorage.setItem(`${size} ${part}`, "x".repeat(size));
      } catch {
        // As full as it gets with parts of that size.
      }
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

/** Fails all requests to an address, as an ad blocker does. Counts them. */
export async function blockRequests(page: Page, address: string): Promise<{ count: number }> {
  const blocked = { count: 0 };
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) return void request.continue();
    blocked.count++;
    void request.abort("blockedbyclient");
  });
  return blocked;
}

/** The page's process ends, as out of memory. */
export async function crash(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  const isGone = new Promise((resolve) => session.once("Inspector.targetCrashed", resolve));
  await session.send("Inspector.enable");
  session.send("Page.crash").catch(() => {});
  await isGone;
}

/** Waits until the browser has written to disk what its pages stored: it takes its time. */
export async function writtenToDisk(visit: Visit): Promise<void> {
  const folder = join(visit.profile ?? "", "Default", "Local Storage", "leveldb");
  await vi.waitFor(
    () => {
      const logs = readdirSync(folder).filter((name) => name.endsWith(".log"));
      if (!logs.some((name) => readFileSync(join(folder, name)).includes("numbered")))
        throw new Error("nothing is written yet");
    },
    { timeout: 20_000, interval: 100 },
  );
}
