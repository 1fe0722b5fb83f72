import { expect, test } from "vitest";
import { localServer, pageViewed, track } from "../support/local-server";
import { describeInBrowser, open } from "./open-page";

describeInBrowser("every view", () => {
  test("is reached by keyboard, has its own address and title, and is left by going back", async () => {
    const page = await open(await localServer());
    const views = page.getByRole("navigation", { name: "Views" });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Events");
    for (const name of ["Users", "Segments", "Keys", "Faults"]) {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name, exact: true, level: 2 }).waitFor();
      expect(page.url()).toMatch(new RegExp(`#/${name.toLowerCase()}$`));
      expect(await page.title()).toBe(`${name} · SegOps local API`);
      expect(await views.getByRole("link", { name }).getAttribute("aria-current")).toBe("page");
      await views.getByRole("link", { name }).focus();
    }
    await page.goBack();
    await page.getByRole("heading", { name: "Keys", exact: true, level: 2 }).waitFor();
  });

  test("can be skipped to, past what stands before it", async () => {
    const page = await open(await localServer(), "#/keys");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Copy the address of the server");
    expect(page.url()).toMatch(/#\/keys$/);
  });

  test("is the events where the address means nothing", async () => {
    const server = await localServer();
    for (const view of ["#/nowhere", "#/constructor", "#/%E0%A4%A"]) {
      const page = await open(server, view);
      await page.getByRole("heading", { name: "Waiting for your first event" }).waitFor();
    }
  });

  test("says that there is no such user or segment", async () => {
    const server = await localServer();
    for (const view of ["#/users/nobody", "#/segments/nothing", "#/segments/nothing/edit"]) {
      const page = await open(server, view, {}, /status of 404/);
      await page.getByRole("heading", { name: "Not found" }).first().waitFor();
    }
  });

  test("keeps what it shows while the server is away, and catches up", async () => {
    const server = await localServer();
    await track(server, { ...pageViewed, user_id: "before" });
    const page = await open(server, "#/users");
    await page.getByRole("link", { name: "before" }).waitFor();
    await server.close();
    await page.getByRole("alert").getByText("The server does not answer.").waitFor();
    await page.getByRole("link", { name: "before" }).waitFor();
    await page.getByRole("link", { name: "Segments" }).click();
    await page.getByRole("heading", { name: "The server does not answer" }).waitFor();
    const next = await localServer({ port: server.port, strictPort: true });
    await track(next, { ...pageViewed, user_id: "after" });
    await page.getByRole("heading", { name: "No segments yet" }).waitFor();
    await page.getByRole("link", { name: "Users" }).click();
    await page.getByRole("link", { name: "after" }).waitFor();
    await page.getByRole("alert").waitFor({ state: "hidden" });
  });
});
