import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { batch, localServer, pageViewed, post, track } from "../support/local-server";
import { describeInBrowser, newPage, open } from "./open-page";
import { buyers, segment } from "./shop";

describeInBrowser("an answer that comes late", () => {
  test("takes no event away that came while the page was reading what is stored", async () => {
    const server = await localServer();
    await track(server, { ...pageViewed, user_id: "before" });
    const page = await newPage();
    const stored = await holdBack(page, /\/local\/events\?/);
    await page.goto(server.url);
    await stored.isRead;
    await track(server, { ...pageViewed, user_id: "meanwhile" });
    await page.getByRole("button", { name: /meanwhile/ }).waitFor();
    await stored.release();
    await page.getByRole("button", { name: /before/ }).waitFor();
    expect(await page.locator(".row .user").allTextContents()).toEqual(["meanwhile", "before"]);
  });

  test("brings back no event that was cleared meanwhile", async () => {
    const server = await localServer();
    await track(server, { ...pageViewed, user_id: "cleared" });
    const page = await newPage();
    const stored = await holdBack(page, /\/local\/events\?/);
    await page.goto(server.url);
    await stored.isRead;
    await page.locator("#count-good", { hasText: "1" }).waitFor();
    await server.reset();
    await page.locator("#count-good", { hasText: "0" }).waitFor();
    await stored.release();
    await track(server, { ...pageViewed, user_id: "after" });
    await page.getByRole("button", { name: /after/ }).waitFor();
    expect(await page.locator(".row .user").allTextContents()).toEqual(["after"]);
  });

  test("does not turn a page of members back", async () => {
    const { server, page, id } = await openMembers();
    const first = await holdBack(page, /\/members\/\?limit=25$/);
    await post(server, `/api/segments/${id}/compute/`, {});
    await first.isRead;
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("26 to 50 of 60").waitFor();
    await first.release();
    await page.getByRole("link", { name: "user-25" }).waitFor();
    expect(await page.locator(".pager span").textContent()).toBe("26 to 50 of 60");
  });

  test("is one page of members for two clicks", async () => {
    const { page } = await openMembers();
    const second = await holdBack(page, /\/members\/.*cursor=/);
    await page.getByRole("button", { name: "Next" }).dblclick();
    await second.isRead;
    await second.release();
    await page.getByText("26 to 50 of 60").waitFor();
  });
});

async function openMembers() {
  const server = await localServer();
  await batch(
    server,
    Array.from({ length: 60 }, (_, n) => ({
      user_id: `user-${String(n).padStart(2, "0")}`,
      event_type: "order_placed",
    })),
  );
  const id = await segment(server, "Buyers", buyers);
  const page = await open(server, `#/segments/${id}`);
  await page.getByText("1 to 25 of 60").waitFor();
  return { server, page, id };
}

/** Keeps the next answer to such a request from the page until it is released. */
async function holdBack(page: Page, address: RegExp) {
  const [read, released, taken] = [moment(), moment(), moment()];
  await page.route(
    address,
    async (route) => {
      const response = await route.fetch();
      read.come();
      await released.hasCome;
      await route.fulfill({ response });
      taken.come();
    },
    { times: 1 },
  );
  return {
    isRead: read.hasCome,
    async release() {
      released.come();
      await taken.hasCome;
      // The page has looked at it once another answer went the same way.
      await page.evaluate("fetch('/local/info').then((answer) => answer.json())");
    },
  };
}

function moment() {
  let come = () => {};
  const hasCome = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { hasCome, come };
}
