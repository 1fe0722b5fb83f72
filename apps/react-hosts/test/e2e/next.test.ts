import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { type NextHost, serveNextHost } from "../support/next-host";
import { startSegOps, storedEvents } from "../support/segops-server";

describe.skipIf(isBrowserMissing)("an application built by Next.js", async () => {
  const server = await startSegOps();
  const open = startBrowser();
  let host: NextHost;
  beforeAll(async () => {
    host = await serveNextHost(server.url);
  });
  afterAll(async () => {
    await host?.close();
    await server.close();
  });
  const tracked = async (count: number) =>
    (await storedEvents(server, count)).map(({ event_type, payload }) => [
      event_type,
      (payload as { path?: string }).path ?? payload,
    ]);

  it("App Router: the provider stands in a server component, and each route is counted", async () => {
    const page = await open(host.url);
    await page.getByRole("button", { name: "Buy" }).click();
    await page.getByRole("link", { name: "Cart" }).click();
    await page.getByRole("heading", { name: "Cart" }).waitFor();
    expect(await tracked(3)).toEqual([
      ["page_viewed", "/"],
      ["order_placed", { router: "app" }],
      ["page_viewed", "/cart"],
    ]);
  });

  it("is built without a warning", () => {
    expect(host.buildLog).toContain("Compiled successfully");
    // On a CI machine Next.js misses the cache of an earlier build, whatever the application is.
    const aboutTheApplication = host.buildLog.replace(/^.*No build cache found.*$/m, "");
    expect(aboutTheApplication).not.toMatch(/warn|error|⚠/i);
  });

  it("Pages Router: the server renders it, and the page tracks", async () => {
    const html = await (await fetch(`${host.url}/classic`)).text();
    expect(html).toContain("<p>nobody</p>");
    const page = await open(`${host.url}/classic`);
    await page.getByRole("button", { name: "Buy" }).click();
    expect(await tracked(2)).toEqual([
      ["page_viewed", "/classic"],
      ["order_placed", { router: "pages" }],
    ]);
  });

  it("rendering on the server sends nothing and prints nothing", async () => {
    const before = host.printed.length;
    await Promise.all(
      ["/", "/cart", "/classic"].map((path) => fetch(host.url + path).then((answer) => answer.text())),
    );
    expect(host.printed.slice(before)).toEqual([]);
    expect((await server.counts()).total).toBe(0);
  });

  it("App Router: a hook in a server component is told by its name where it belongs", async () => {
    const { status } = await fetch(`${host.url}/mistake`);
    expect(status).toBe(500);
    await expect
      .poll(() => host.printed.join("\n"))
      .toContain("Attempted to call useTrack() from the server but useTrack is on the client.");
  });
});
