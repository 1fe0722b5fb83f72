import { expect, test } from "vitest";
import { localServer, pageViewed, track } from "../support/local-server";
import { describeInBrowser, open } from "./open-page";

describeInBrowser("the keys", () => {
  test("are shown with what each may do, and are copied by a button", async () => {
    const server = await localServer();
    const permissions = ["clipboard-read", "clipboard-write"];
    const page = await open(server, "#/keys", { permissions });
    await page.getByText("http://localhost:*", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Copy the public key" }).click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("pk_test_local");
  });

  test("that are precious are not shown, and what they open is asked for", async () => {
    const server = await localServer({
      keys: [
        { key: "sk_live_precious" },
        {
          key: "pk_live_mine",
          allowedOrigins: ["https://app.tenant.com"],
          hmacSecret: "00ff",
          requireSignedUserId: true,
        },
      ],
    });
    await track(server, pageViewed, { Authorization: "ApiKey sk_live_precious" });
    const page = await open(server, "#/keys", {}, /status of 401/);
    await page.getByText("this server cannot show it").first().waitFor();
    await page.getByText("https://app.tenant.com").waitFor();
    await page.getByText("must be signed").waitFor();
    expect(await page.content()).not.toContain("precious");
    await page.getByRole("link", { name: "Users" }).click();
    await page.getByRole("heading", { name: "Which workspace?" }).waitFor();
    await page.getByRole("textbox", { name: "Secret key" }).fill("sk_live_precious");
    await page.getByRole("button", { name: "Open workspace" }).click();
    await page.getByRole("link", { name: "ada" }).waitFor();
  });

  test("of a workspace of its own are made, and open it and no other", async () => {
    const server = await localServer();
    await track(server, pageViewed);
    const page = await open(server, "#/keys");
    await page.getByRole("button", { name: "Make a workspace" }).click();
    const key = await page.getByText(/^sk_test_\w{24}$/).textContent();
    await page.getByRole("button", { name: "Look at this workspace" }).click();
    await page.getByText("this tab shows its workspace and no other").waitFor();
    await track(server, { ...pageViewed, user_id: "bob" }, { Authorization: `ApiKey ${key}` });
    await page.getByRole("link", { name: "Users" }).click();
    await page.getByRole("link", { name: "bob" }).waitFor();
    expect(await page.getByRole("link", { name: "ada" }).count()).toBe(0);
    await page.getByRole("link", { name: "Keys" }).click();
    await page.getByRole("button", { name: "Forget the key" }).click();
    await page.getByRole("link", { name: "Users" }).click();
    await page.getByRole("link", { name: "ada" }).waitFor();
  });
});
