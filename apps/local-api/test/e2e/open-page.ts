import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished } from "vitest";
import type { LocalServer } from "../../src/index";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const missing = !existsSync(executablePath);
if (missing) {
  console.warn(
    `No browser at ${executablePath}: the page is not tested. Install one (apt-get install chromium) or set CHROMIUM_PATH.`,
  );
}

let browser: Browser;

/** Tests of the page in a real browser, left out where there is none. */
export function describeInBrowser(promise: string, tests: () => void): void {
  describe.skipIf(missing)(promise, () => {
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
      });
    });
    afterAll(() => browser?.close());
    tests();
  });
}

/** A fresh page that goes nowhere yet. Complaints of the browser, such as a breach of the policy, fail the test. */
export async function newPage(options: BrowserContextOptions = {}, expected?: RegExp): Promise<Page> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    const isExpected = /ERR_CONNECTION|ERR_INCOMPLETE/.test(text) || expected?.test(text) === true;
    if (message.type() === "error" && !isExpected) complaints.push(text);
  });
  onTestFinished(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });
  return page;
}

/** A view of a server's page, live. */
export async function open(
  server: LocalServer,
  view = "",
  options: BrowserContextOptions = {},
  expected?: RegExp,
): Promise<Page> {
  const page = await newPage(options, expected);
  await page.goto(`${server.url}/${view}`);
  await page.locator("#connection[data-state=live]").waitFor();
  return page;
}
