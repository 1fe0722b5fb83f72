import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { type RunningDemo, startDemo } from "../support/demo";
import { killAll } from "../support/program";
import { shopper } from "../support/shopper";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const open = startBrowser();
let demo: RunningDemo;
beforeAll(async () => {
  if (!isBrowserMissing) demo = await startDemo();
});
afterAll(async () => {
  await demo?.stop();
  killAll();
});

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

describe.skipIf(isBrowserMissing)("every view is accessible", { timeout: 240_000 }, () => {
  test.each(
    (["light", "dark"] as const).flatMap((theme) =>
      (["desktop", "phone"] as const).map((device) => [theme, device] as const),
    ),
  )("in the %s theme on a %s, and fits", async (colorScheme, device) => {
    const page = await open(demo.shop, { colorScheme, viewport: sizes[device], bypassCSP: true });
    const visitor = shopper(page);
    const check = async (view: string) => {
      await page.screenshot({ path: `reports/page/${view}, ${colorScheme}, ${device}.png` });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect({ view, overflow, violations: await violationsOn(page) }).toEqual({
        view,
        overflow: 0,
        violations: [],
      });
    };

    await page.getByTestId("Stored").filter({ hasText: /\d/ }).waitFor();
    await check("shop");
    await visitor.goTo("Cart");
    await check("empty cart");
    await visitor.goTo("Log in");
    await visitor.press("Sign up");
    await page.getByText("A name is needed.").waitFor();
    await check("log in, with errors");
    await visitor.signUp(`${colorScheme}-${device}@example.com`);
    await visitor.order("Desk lamp");
    await check("cart, ordered");
    await visitor.goTo("Account");
    await page.getByTestId("trail").waitFor();
    await check("account");
    await visitor.goTo(device === "phone" ? "Backstage" : "Shop");
    await visitor.press("Server errors");
    await visitor.untilTrouble("The server answers 503");
    if (device === "desktop") await visitor.putInCart("Potted fern");
    await visitor.press("Send a bad event");
    await page.getByTestId("In flight").filter({ hasNotText: /^0$/ }).waitFor();
    await check("backstage, broken");
    await visitor.press("Kill the backend");
    await visitor.untilTrouble("The shop's backend was killed");
    await check("backstage, killed");
    await visitor.press("Mend it");
    await visitor.untilTrouble("All is well");
    await page.goto(`${demo.shop}/flyer.html`);
    await check("flyer");
  });
});
