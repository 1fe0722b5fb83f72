import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { startSegOps, storedEvents } from "../support/segops-server";
import { type ServedHost, serveViteHost } from "../support/vite-host";

describe.skipIf(isBrowserMissing)(
  "an application built by Vite, under a strict Content-Security-Policy",
  async () => {
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

    it("sends what it tracks, once, under StrictMode", async () => {
      const page = await open(host.url);
      await page.getByRole("button", { name: "Buy" }).click();
      const events = await storedEvents(server, 2);
      expect(events.map(({ event_type, payload }) => [event_type, payload])).toEqual([
        ["shop_opened", {}],
        ["order_placed", { total: 42, currency: "EUR" }],
      ]);
    });

    it("counts what came before the login for the user", async () => {
      const page = await open(host.url);
      await page.getByRole("button", { name: "Log in" }).click();
      await page.getByText("ada").waitFor();
      await page.getByRole("button", { name: "Buy" }).click();
      const events = await storedEvents(server, 3);
      expect(events.map(({ event_type, resolved_user_id }) => [event_type, resolved_user_id])).toEqual([
        ["shop_opened", "ada"],
        ["context_identified", "ada"],
        ["order_placed", "ada"],
      ]);
    });

    it("loads the inspector in a file of its own, and only when it is asked for", async () => {
      expect(host.files.filter((file) => file.includes("inspector"))).toHaveLength(1);
      const page = await open(host.url);
      await page.getByRole("heading", { name: "Shop" }).waitFor();
      const loaded = await page.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => name),
      );
      expect(loaded.filter((name) => name.includes("inspector"))).toEqual([]);
    });
  },
);
