import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Whether there is no browser to test with. */
export const isBrowserMissing = !existsSync(executablePath);
if (isBrowserMissing)
  console.warn(
    `No browser at ${executablePath}: the shop is not tested. Install one (apt-get install chromium) or set CHROMIUM_PATH.`,
  );

/** What a page's console says of requests that are made to fail. */
const EXPECTED = /^Failed to load resource|net::ERR_|has been blocked by CORS policy/;

/** A browser for a test file. `open` shows a page; whatever else the browser complains of fails the test. */
export function startBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    if (!isBrowserMissing)
      browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
      });
  });
  afterAll(() => browser?.close());

  return async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      if (/warning|error/.test(message.type()) && !EXPECTED.test(message.text()))
        complaints.push(message.text());
    });
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(url);
    return page;
  };
}
