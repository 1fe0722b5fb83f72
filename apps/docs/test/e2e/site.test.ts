import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { serveSite } from "../support/static-server";

const open = startBrowser(serveSite());

const views = {
  home: "/",
  start: "/start/browser.html",
  guide: "/guides/delivery.html",
  reference: "/reference/sdk/server.html",
  benchmarks: "/benchmarks.html",
};
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** Until Vue has taken the page over, nothing on it answers. */
const isAlive = (page: Page) =>
  page.waitForFunction("document.querySelector('#app').__vue_app__ !== undefined");

describe.skipIf(isBrowserMissing)("the site", () => {
  // The pictures in reports are to be looked at.
  test.each([
    ["light", "desktop"],
    ["light", "phone"],
    ["dark", "desktop"],
    ["dark", "phone"],
  ] as const)("reads well in the %s theme on a %s, and fits", async (colorScheme, device) => {
    const page = await open({ colorScheme, viewport: sizes[device], reducedMotion: "reduce" });
    const found: unknown[] = [];
    for (const [name, address] of Object.entries(views)) {
      await page.goto(address);
      await isAlive(page);
      await page.screenshot({ path: `reports/${name}-${colorScheme}-${device}.png` });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      found.push({ name, overflow, violations: await violationsOn(page) });
    }
    expect(found).toEqual(Object.keys(views).map((name) => ({ name, overflow: 0, violations: [] })));
  });

  test("is searched without asking another host", async () => {
    const page = await open();
    await page.goto("/");
    await isAlive(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("searchbox").fill("Retry-After");
    const found = page.getByRole("option").filter({ hasText: "Delivery guarantees" }).first();
    await found.waitFor();
    await page.screenshot({ path: "reports/search.png" });
    await found.click();
    await page.waitForURL(/guides\/delivery/);
    await page.locator("main").getByText("Retry-After").first().waitFor();
  });

  test("says so where there is no page", async () => {
    const page = await open({}, /status of 404/);
    await page.goto("/nowhere.html");
    await page.getByText("There is no such page").waitFor();
  });
});
