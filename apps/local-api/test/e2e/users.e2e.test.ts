import { expect, test } from "vitest";
import { batch, localServer, pageViewed, track } from "../support/local-server";
import { describeInBrowser, open } from "./open-page";
import { buyers, segment, stockShop } from "./shop";

describeInBrowser("the users", () => {
  test("are listed with what they did, and follow the events as they arrive", async () => {
    const server = await localServer();
    const page = await open(server, "#/users");
    await page.getByRole("heading", { name: "Nobody yet" }).waitFor();
    await track(server, pageViewed);
    await page.getByRole("row", { name: /^ada 1 / }).waitFor();
    await track(server, pageViewed);
    await page.getByRole("row", { name: /^ada 2 / }).waitFor();
  });

  test("are searched, and the address remembers for what", async () => {
    const server = await localServer();
    await batch(server, [pageViewed, { ...pageViewed, user_id: "bob" }]);
    const page = await open(server, "#/users");
    await page.getByRole("searchbox").fill("bo");
    await page.getByRole("link", { name: "bob" }).waitFor();
    await page.getByText("1 user", { exact: true }).waitFor();
    expect(page.url()).toMatch(/#\/users\?q=bo$/);
    await page.reload();
    await page.getByText("1 user", { exact: true }).waitFor();
    await page.getByRole("searchbox").fill("nobody");
    await page.getByText("No user id contains “nobody”.").waitFor();
  });

  test("have a page each: traits, ids, segments with the reason, and what they did before they were known", async () => {
    const server = await localServer();
    await stockShop(server);
    await segment(server, "Buyers", buyers);
    const page = await open(server, "#/users");
    await page.getByRole("link", { name: "ada@example.com" }).click();
    await page.getByRole("heading", { name: "ada@example.com" }).waitFor();
    await page.getByText('"GB"', { exact: true }).waitFor();
    await page.getByText("anon_v1 anonymous history").waitFor();
    await page.getByText("as anon_v1").waitFor();
    await page.locator("summary", { hasText: "Buyers" }).click();
    await page.getByText("order_placed at least 1 time").waitFor();
    await page.getByText("actual: 2").waitFor();
    await page.locator("summary", { hasText: "order_placed" }).first().click();
    await page.getByText('"currency"', { exact: true }).waitFor();
  });

  test("have a timeline that is filtered by event type and grows as events arrive, keeping open what is open", async () => {
    const server = await localServer();
    await stockShop(server);
    const page = await open(server, "#/users/ada%40example.com");
    const entries = page.locator(".timeline li");
    await page.getByRole("combobox", { name: "Event type" }).selectOption("order_placed");
    await expect.poll(() => entries.count()).toBe(2);
    await entries.last().locator("summary").click();
    await entries.last().getByText("130").waitFor();
    await track(server, { user_id: "ada@example.com", event_type: "order_placed", payload: { total: 7 } });
    await expect.poll(() => entries.count()).toBe(3);
    await entries.last().getByText("130").waitFor();
  });

  test("may be called anything, and it stays text", async () => {
    const server = await localServer();
    const names = ["<img src=x onerror=alert(1)>", 'a/b?c#d%20"', "‮evil"];
    await batch(
      server,
      names.map((user_id) => ({ ...pageViewed, user_id, payload: { "<b>": "<script>alert(1)</script>" } })),
    );
    const page = await open(server, "#/users");
    for (const name of names) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.getByRole("heading", { name, exact: true }).waitFor();
      await page.locator("summary", { hasText: "page_viewed" }).click();
      await page.getByText('"<script>alert(1)</script>"', { exact: true }).waitFor();
      await page.getByRole("link", { name: "← Users" }).click();
    }
    expect(await page.locator("#view img, #view script, #view b").count()).toBe(0);
  });
});
