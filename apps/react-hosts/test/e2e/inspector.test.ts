import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Result } from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { startSegOps, storedEvents } from "../support/segops-server";
import { type ServedHost, serveViteHost } from "../support/vite-host";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const desktop = { viewport: { width: 1100, height: 800 } };
const phone = { viewport: { width: 390, height: 780 }, hasTouch: true };
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ["light, desktop", { ...desktop, colorScheme: "light" }],
  ["dark, desktop", { ...desktop, colorScheme: "dark" }],
  ["light, phone", { ...phone, colorScheme: "light" }],
  ["dark, phone", { ...phone, colorScheme: "dark" }],
];

describe.skipIf(isBrowserMissing)("the inspector, under a strict Content-Security-Policy", async () => {
  const server = await startSegOps();
  const open = startBrowser();
  let host: ServedHost;
  beforeAll(async () => {
    host = await serveViteHost("vite", server.url);
  });
  afterAll(async () => {
    await host?.close();
    await server.close();
  });

  async function openInspector(options?: BrowserContextOptions): Promise<Page> {
    // The tools of the test are not the page's.
    const page = await open(`${host.url}?inspector`, options);
    await page.getByRole("button", { name: /Open the inspector/ }).click();
    return page;
  }
  const figure = (page: Page, name: string) =>
    page.locator("[data-segops-inspector] .totals > div", { hasText: name }).locator("dd");
  const row = (page: Page, type: string) =>
    page.locator("[data-segops-inspector] .event-type", { hasText: type });
  const buy = (page: Page) =>
    page.evaluate(() => document.querySelector<HTMLElement>("main button")?.click());
  const log = async (page: Page) =>
    (await page.locator("[data-segops-inspector] summary").allInnerTexts()).map((text) =>
      text.replace(/\s+/g, " ").replace(/ \d\d:\d\d:\d\d /, " "),
    );

  it("shows what becomes of each event", async () => {
    const page = await openInspector();
    await buy(page);
    await expect.poll(() => log(page)).toEqual(["order_placed Delivered", "shop_opened Delivered"]);
    expect(await figure(page, "Delivered").textContent()).toBe("2");
    await row(page, "order_placed").click();
    await page.getByText('"total": 42').waitFor();
    await page.getByText(/\d+ s old/).waitFor();
  });

  it("holds events back as if the page was offline, and lets them go", async () => {
    const page = await openInspector();
    await page.getByRole("switch", { name: "Simulate offline" }).click();
    await page.getByText("Offline (simulated)").waitFor();
    await buy(page);
    await page.getByRole("button", { name: "Flush now" }).click();
    await page.getByText("Flushed: 0 delivered").waitFor({ state: "attached" });
    expect((await log(page))[0]).toBe("order_placed Queued");
    await page.getByRole("switch", { name: "Simulate offline" }).click();
    await expect.poll(() => log(page)).toContain("order_placed Delivered");
    await storedEvents(server, 2);
  });

  it("counts down to the next try, and says why the last one failed", async () => {
    server.faults.add({ kind: "error", status: 503, on: "ingestion" });
    const page = await openInspector();
    await buy(page);
    await page.getByText(/Trying again in \d+ s/).waitFor();
    await page.getByText(/Attempt \d+ failed: .+ No event is lost/).waitFor();
    server.faults.clear();
    await expect.poll(() => log(page)).toContain("order_placed Delivered");
  });

  it("says what was refused and why", async () => {
    const page = await openInspector();
    await expect.poll(() => log(page)).toContain("shop_opened Delivered");
    server.faults.add({ kind: "error", status: 400, on: "ingestion", times: 1 });
    await buy(page);
    await expect.poll(() => log(page)).toContain("order_placed Refused");
    await page.getByRole("button", { name: "Problems" }).click();
    expect(await log(page)).toEqual(["order_placed Refused"]);
  });

  it("opens, closes and flushes by keyboard alone, and gives the focus back", async () => {
    const page = await open(`${host.url}?inspector`);
    const launcher = page.getByRole("button", { name: /Open the inspector/ });
    await launcher.focus();
    await page.keyboard.press("Enter");
    const focused = () =>
      page.evaluate(() => {
        const element = document.querySelector("[data-segops-inspector]")?.shadowRoot?.activeElement;
        return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
      });
    await expect.poll(focused).toBe("Close the inspector");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Flush now");
    await page.keyboard.press("Escape");
    await expect.poll(focused).toContain("Open the inspector");
  });

  describe.each(looks)("%s", (name, options) => {
    it("has no accessibility violation, and stays within the screen", async () => {
      const page = await openInspector({ ...options, bypassCSP: true });
      await expect.poll(() => log(page)).toContain("shop_opened Delivered");
      server.faults.add({ kind: "error", status: 400, on: "ingestion", times: 1 });
      await buy(page);
      await expect.poll(() => log(page)).toContain("order_placed Refused");
      await page.evaluate(() => document.querySelectorAll<HTMLElement>("main button")[1]?.click());
      await expect.poll(() => log(page)).toContain("context_identified Delivered");
      server.faults.add({ kind: "error", status: 503, on: "ingestion" });
      await buy(page);
      await page.getByText(/Trying again in/).waitFor();
      await row(page, "shop_opened").click();
      await mkdir("reports", { recursive: true });
      await page.screenshot({ path: `reports/inspector ${name}.png` });
      await page.addScriptTag({ path: axe });
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Result[] }> } };
        return (await axe.run()).violations;
      });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      expect(scrollWidth).toBe(clientWidth);
    });
  });
});
