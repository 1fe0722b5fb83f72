import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Whether there is no browser to test with. */
export const isBrowserMissing = !existsSync(executablePath);
if (isBrowserMissing)
  console.warn(
    `No browser at ${executablePath}: the site is not tested. Install one (apt-get install chromium) or set CHROMIUM_PATH.`,
  );

/** A browser for a test file. `open` gives a page that fails the test if it asks another host or complains unexpectedly. */
export function startBrowser(origin: () => string) {
  let browser: Browser;
  beforeAll(async () => {
    if (!isBrowserMissing)
      browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
      });
  });
  afterAll(() => browser?.close());

  return async function open(options: BrowserContextOptions = {}, expected?: RegExp): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      baseURL: origin(),
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      if (/warning|error/.test(message.type()) && !expected?.test(message.text()))
        complaints.push(message.text());
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "data:" && url.origin !== origin()) complaints.push(`request to ${url.href}`);
    });
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    return page;
  };
}
