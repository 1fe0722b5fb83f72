import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { startSegOps, storedEvents } from "../support/segops-server";
import { type ServedHost, serveViteHost } from "../support/vite-host";

describe.skipIf(isBrowserMissing)("an application with React Router", async () => {
  const server = await startSegOps();
  const open = startBrowser();
  let host: ServedHost;
  beforeAll(async () => {
    host = await serveViteHost("react-router", server.url);
  });
  afterAll(async () => {
    await host?.close();
    await server.close();
  });

  it("counts a page view with each route, the way back included", async () => {
    const page = await open(host.url);
    await page.getByRole("link", { name: "Cart" }).click();
    await page.getByRole("heading", { name: "Cart" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Shop" }).waitFor();
    const events = await storedEvents(server, 3);
    expect(events.map(({ event_type, payload }) => [event_type, (payload as { path: string }).path])).toEqual(
      [
        ["page_viewed", "/"],
        ["page_viewed", "/cart"],
        ["page_viewed", "/"],
      ],
    );
  });
});
