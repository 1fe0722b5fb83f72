import { expect, test } from "vitest";
import { batch, localServer, pageViewed, track } from "../support/local-server";
import { describeInBrowser, newPage, open } from "./open-page";

describeInBrowser("the events", () => {
  test("tells a newcomer what to send, with the real address and key", async () => {
    const server = await localServer();
    const page = await open(server);
    await page.getByRole("heading", { name: "Waiting for your first event" }).waitFor();
    const snippet = page.getByRole("tabpanel");
    await snippet.getByText(`curl ${server.url}/api/ingestion/track/`).waitFor();
    await snippet.getByText("ApiKey sk_test_local").waitFor();
    await page.getByRole("tab", { name: "curl" }).focus();
    await page.keyboard.press("ArrowRight");
    await snippet.getByText('import { SegOpsClient } from "@segops/sdk"').waitFor();
    await page.keyboard.press("End");
    await snippet.getByText(`<SegOpsProvider apiUrl="${server.url}" apiKey="pk_test_local">`).waitFor();
  });

  test("come to a newcomer by one click", async () => {
    const page = await open(await localServer());
    await page.getByRole("button", { name: "Send sample events" }).click();
    await page
      .getByRole("button", { name: /order_placed ada@example.com/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: /invalid_time order_placed ada@example.com/ }).waitFor();
  });

  test("shows events as they arrive, good and bad, with the reason", async () => {
    const server = await localServer();
    const page = await open(server);
    await batch(server, [
      pageViewed,
      { user_id: "bob", event_type: "order_placed", occurred_at: "yesterday" },
    ]);
    await page.getByRole("button", { name: /page_viewed ada/ }).waitFor();
    await page.getByRole("button", { name: /invalid_time order_placed bob/ }).waitFor();
    await track(server, pageViewed, { Authorization: "ApiKey pk_test_local" });
    await page.getByRole("button", { name: /403 POST \/api\/ingestion\/track\// }).waitFor();
    await page.locator("#count-good", { hasText: "1" }).waitFor();
    await page.locator("#count-bad", { hasText: "1" }).waitFor();
  });

  test("shows what was stored before it was opened", async () => {
    const server = await localServer();
    await track(server, pageViewed);
    const page = await open(server);
    await page.getByRole("button", { name: /page_viewed ada/ }).waitFor();
  });

  test("shows the payload of the chosen event, by keyboard too", async () => {
    const server = await localServer();
    await batch(server, [
      { ...pageViewed, payload: { page: "/pricing" } },
      { ...pageViewed, user_id: "bob" },
    ]);
    const page = await open(server);
    await page.getByRole("button", { name: /bob/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const detail = page.getByRole("complementary");
    await detail.getByText('"/pricing"').waitFor();
    await page.keyboard.press("Escape");
    await detail.waitFor({ state: "hidden" });
    expect(await page.locator(":focus").textContent()).toContain("ada");
  });

  test("shows what clients send as text, never as markup", async () => {
    const server = await localServer();
    const page = await open(server);
    await track(server, { user_id: "<b>ada</b>", event_type: "<img src=x onerror=alert(1)>" });
    await page.getByRole("button", { name: /<img src=x onerror=alert\(1\)> <b>ada<\/b>/ }).click();
    await page.getByRole("heading", { name: "<img src=x onerror=alert(1)>" }).waitFor();
  });

  test("filters by what is typed and by kind", async () => {
    const server = await localServer();
    await batch(server, [pageViewed, { ...pageViewed, user_id: "bob" }, { user_id: "ada" }]);
    const page = await open(server);
    const rows = page.locator(".row");
    await rows.nth(2).waitFor();
    await page.getByRole("searchbox").fill("ada");
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByText("Refused", { exact: true }).last().click();
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole("searchbox").fill("nobody");
    await page.getByText("matches this filter").waitFor();
  });

  test("holds still while it is paused", async () => {
    const server = await localServer();
    await track(server, pageViewed);
    const page = await open(server);
    await page.locator(".row").first().waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await track(server, { ...pageViewed, user_id: "bob" });
    await page.getByRole("button", { name: "Resume · 1 new" }).waitFor();
    expect(await page.locator(".row").count()).toBe(1);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: /bob/ }).waitFor();
  });

  test("lists the newest 200 of a flood and says how many it did not list", async () => {
    const server = await localServer();
    const page = await open(server);
    const flood = Array.from({ length: 500 }, (_, n) => ({ ...pageViewed, payload: { n } }));
    for (let n = 0; n < 10; n++) await batch(server, flood);
    await track(server, { ...pageViewed, user_id: "last" });
    await page.getByRole("button", { name: /last/ }).waitFor();
    expect(await page.locator(".row").count()).toBe(200);
    await page.getByText(/events arrived too fast to be listed here/).waitFor();
    await page.locator("#count-good", { hasText: "5,001" }).waitFor();
  });

  test("is empty again after a reset", async () => {
    const server = await localServer();
    await track(server, pageViewed);
    const page = await open(server);
    await page.locator(".row").first().waitFor();
    await page.getByRole("button", { name: "Clear events" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await server.counts()).toMatchObject({ total: 1 });
    await page.getByRole("button", { name: "Clear events" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Clear events" }).click();
    await page.getByRole("heading", { name: "Waiting for your first event" }).waitFor();
    expect(await server.counts()).toMatchObject({ total: 0 });
  });

  test("keeps the other workspaces' events when one is reset", async () => {
    const server = await localServer();
    const a = await server.createWorkspace("a");
    await track(server, { ...pageViewed, user_id: "of a" }, { Authorization: `ApiKey ${a.secretKey}` });
    await track(server, pageViewed);
    const page = await open(server);
    await page.getByRole("button", { name: /of a/ }).waitFor();
    await server.reset("a");
    await page.getByRole("button", { name: /of a/ }).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /page_viewed ada/ }).waitFor();
  });

  test("says why it stays empty when it is opened from elsewhere, and takes a key", async () => {
    const server = await localServer({ host: "0.0.0.0", keys: [{ key: "sk_mine" }] });
    await track(server, pageViewed, { Authorization: "ApiKey sk_mine" });
    const page = await newPage({}, /status of 40[13]/);
    await page.goto(`http://127.0.0.1:${server.port}`);
    const alert = page.getByRole("alert");
    await alert.getByText("Open it on the machine that the server runs on").waitFor();
    await alert.getByLabel("Secret key").fill("sk_mine");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /page_viewed ada/ }).waitFor();
    await alert.waitFor({ state: "hidden" });
  });

  test("says when the server is gone, and catches up when it is back", async () => {
    const server = await localServer();
    const page = await open(server);
    await track(server, { ...pageViewed, user_id: "before" });
    await page.getByRole("button", { name: /before/ }).waitFor();
    await server.close();
    await page.getByRole("alert").getByText("The server does not answer.").waitFor();
    const next = await localServer({ port: server.port, strictPort: true });
    await track(next, { ...pageViewed, user_id: "after" });
    await page.getByRole("button", { name: /after/ }).waitFor();
    await page.getByRole("alert").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /before/ }).waitFor({ state: "hidden" });
  });
});
