import { expect, test } from "vitest";
import { localServer, mint, pageViewed, track } from "../support/local-server";
import { describeInBrowser, open } from "./open-page";

describeInBrowser("a fault", () => {
  test("is switched on for a target, counts what it meets, and is switched off", async () => {
    const server = await localServer();
    const page = await open(server, "#/faults");
    await page.getByText("No fault is on").waitFor();
    const toggle = page.getByRole("switch", { name: "Error, Ingestion" });
    await toggle.click();
    await page.getByText("0 hits").first().waitFor();
    expect(await toggle.getAttribute("aria-checked")).toBe("true");
    expect((await track(server, pageViewed)).status).toBe(503);
    await page.getByText("1 hit", { exact: true }).first().waitFor();
    expect((await mint(server, { user_id: "ada" })).status).toBe(200);
    await toggle.click();
    await page.getByText("No fault is on").waitFor();
    expect((await track(server, pageViewed)).status).toBe(202);
  });

  test("shows on the events what it did", async () => {
    const server = await localServer();
    const page = await open(server, "#/faults");
    await page.getByRole("switch", { name: "Rate limit, Everything" }).click();
    await page.getByRole("button", { name: "Remove Rate limit · Everything" }).waitFor();
    await track(server, pageViewed);
    await page.getByRole("link", { name: /Events/ }).click();
    await page.getByRole("button", { name: /429 POST \/api\/ingestion\/track\// }).waitFor();
    await page.getByRole("link", { name: "Faults 1" }).waitFor();
  });

  test("takes its settings, and goes when it is used up", async () => {
    const server = await localServer();
    const page = await open(server, "#/faults");
    const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Error" }) });
    await row.getByLabel("Status").fill("500");
    await row.getByLabel("Times").fill("1");
    await row.getByLabel("Store the events first").check();
    await row.getByRole("switch", { name: "Error, Everything" }).click();
    await page.getByText("500, stored first, 1 in all").waitFor();
    expect((await track(server, pageViewed)).status).toBe(500);
    await page.getByText("No fault is on").waitFor();
    expect(await server.counts()).toMatchObject({ good: 1 });
  });

  test("says what is wrong with its settings", async () => {
    const page = await open(await localServer(), "#/faults", {}, /status of 400/);
    const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Error" }) });
    await row.getByLabel("Status").fill("200");
    await row.getByRole("switch", { name: "Error, Everything" }).click();
    await page.getByRole("status").getByText(/400/).waitFor();
  });

  test("of any kind and from any hand is listed, and all are removed at once", async () => {
    const server = await localServer();
    const page = await open(server, "#/faults");
    const names = await page.getByRole("switch").evaluateAll((all: { click: () => void }[]) => {
      for (const each of all) each.click();
      return all.length;
    });
    await expect.poll(() => server.faults.list().length).toBe(names);
    server.faults.add({ kind: "slow", ms: 5, skip: 2 });
    await page.getByText("5 ms, after 2").waitFor();
    expect(new Set(server.faults.list().map(({ fault }) => fault.kind)).size).toBe(7);
    await page.getByRole("button", { name: "Remove all" }).click();
    await page.getByText("No fault is on").waitFor();
    expect(server.faults.list()).toEqual([]);
  });

  test("makes tokens expire at once", async () => {
    const server = await localServer();
    const { body } = await mint(server, { user_id: "ada" });
    const Authorization = `Bearer ${(body as { token: string }).token}`;
    const page = await open(server, "#/faults");
    await page.getByRole("button", { name: "Expire all tokens now" }).click();
    await page.getByText("is now answered 401").waitFor();
    expect((await track(server, pageViewed, { Authorization })).status).toBe(401);
  });

  test("leaves this page alone", async () => {
    const server = await localServer();
    await track(server, pageViewed);
    server.faults.add({ kind: "error" });
    const page = await open(server, "#/users");
    await page.getByRole("link", { name: "ada" }).click();
    await page.getByText("There are no segments yet.").waitFor();
    expect(server.faults.list()).toMatchObject([{ hits: 0 }]);
  });
});
