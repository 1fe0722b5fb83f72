import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { serveSite } from "../support/static-server";

const open = startBrowser(serveSite());

const views = {
  home: "/",
  guide: "/guides/delivery.html",
  reference: "/reference/sdk/server.html",
  benchmarks: "/benchmarks.html",
};
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** Until Vue has taken the page over, nothing on it answers. */
const isAlive = (page: Page) =>
  page.waitForFunction("document.querySelector('#app').__vue_app__ !== undefined");

describe.skipIf(isBrowserMissing)("the site", () => {
  // The pictures in reports are to be looked at.
  test.each(["light", "dark"] as const)("reads well and fits in the %s theme", async (colorScheme) => {
    const page = await open({ colorScheme, reducedMotion: "reduce" });
    const troubles: string[] = [];
    for (const [view, address] of Object.entries(views)) {
      await page.goto(address);
      await isAlive(page);
      await page.evaluate(axe.source);
      for (const [device, size] of Object.entries(sizes)) {
        await page.setViewportSize(size);
        await page.screenshot({ path: `reports/${view}-${colorScheme}-${device}.png` });
        const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        const found = overflow === 0 ? [] : [`${overflow} px too wide`];
        found.push(...(await violationsOn(page)));
        troubles.push(...found.map((trouble) => `${view} on a ${device}: ${trouble}`));
      }
    }
    expect(troubles).toEqual([]);
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
    await page.evaluate(axe.source);
    expect(await violationsOn(page)).toEqual([]);
  });
});
