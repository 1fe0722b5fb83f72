import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { startSegOps, storedEvents } from "../support/segops-server";
import { type DevelopedHost, type HostSources, installViteSources } from "../support/vite-host";

describe.skipIf(isBrowserMissing)("a page whose sources are edited, under Fast Refresh of Vite", async () => {
  const server = await startSegOps();
  const open = startBrowser();
  let sources: HostSources;
  let host: DevelopedHost;
  /** New pages and new tokens. */
  let newBeginnings: string[];
  beforeAll(async () => {
    sources = await installViteSources("vite", server.url);
  });
  beforeEach(async () => {
    host = await sources.develop();
    onTestFinished(() => host.close());
  });
  afterAll(async () => {
    await sources?.remove();
    await server.close();
  });

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const tracked = async (count: number) =>
    (await storedEvents(server, count)).map(({ event_type }) => event_type);

  /** A page with something in its basket, which a reload would empty. */
  async function openShop(): Promise<Page> {
    const page = await open(host.url);
    await tracked(1);
    newBeginnings = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (request.isNavigationRequest() || pathname === "/api/auth/session/") newBeginnings.push(pathname);
    });
    await press(page, "0 in the basket");
    return page;
  }
  async function expectSamePage(page: Page): Promise<void> {
    expect(await page.getByRole("button", { name: "1 in the basket" }).isVisible()).toBe(true);
    expect(newBeginnings).toEqual([]);
  }

  it("a component that tracks keeps its state, and tracks on by its new code", async () => {
    const page = await openShop();
    await press(page, "Buy");
    await host.edit("src/shop.tsx", ["Buy\n", "Order\n"]);
    await page.getByRole("button", { name: "Order" }).waitFor();
    await host.edit("src/shop.tsx", ['"order_placed"', '"order_confirmed"'], ["Order\n", "Confirm\n"]);
    await press(page, "Confirm");
    expect(await tracked(3)).toEqual(["shop_opened", "order_placed", "order_confirmed"]);
    await expectSamePage(page);
  });

  it("the component that renders the provider keeps its client", async () => {
    const page = await openShop();
    await press(page, "Buy");
    await host.edit("src/app.tsx", ["<Shop />", "<Shop /><h2>On sale</h2>"]);
    await page.getByRole("heading", { name: "On sale" }).waitFor();
    await press(page, "Buy");
    expect(await tracked(3)).toEqual(["shop_opened", "order_placed", "order_placed"]);
    await expectSamePage(page);
  });

  it("a component with another hook begins a new life, and loses nothing of the old one", async () => {
    const page = await openShop();
    await press(page, "Buy");
    await host.edit("src/shop.tsx", [
      'useTrackOnce("shop_opened");',
      'useTrackOnce("shop_opened");\n  useState(0);',
    ]);
    await press(page, "0 in the basket");
    await press(page, "Buy");
    expect(await tracked(4)).toEqual(["shop_opened", "order_placed", "shop_opened", "order_placed"]);
    expect(newBeginnings).toEqual([]);
  });
});
