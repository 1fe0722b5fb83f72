import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { LocalServer } from "../../src/index";
import { batch, get, localServer, track } from "../support/local-server";
import { describeInBrowser, open } from "./open-page";
import { buyers, segment, stockShop } from "./shop";

/** Stands for the id of the other segment, which a test learns as it runs. */
const OTHERS = "the other segment";
const bought = (user_id: string) => ({ user_id, event_type: "order_placed", payload: { total: 10 } });
const condition = (page: Page, place: number) => page.getByRole("group", { name: `Condition ${place} of` });

describeInBrowser("a segment", () => {
  test("is made by the builder, which counts who matches while the rule is written", async () => {
    const server = await localServer();
    await stockShop(server);
    const page = await open(server, "#/segments");
    await page.getByRole("link", { name: "Make the first segment" }).click();
    await page.getByLabel("Name").fill("Loyal");
    await page.getByText("Fill in the rule to see who matches.").waitFor();
    const first = condition(page, 1);
    await first.getByLabel("Event").fill("order_placed");
    await page.getByText("32 users match").waitFor();
    await first.getByLabel("Times").fill("2");
    await page.getByText("1 user matches").waitFor();
    await page.locator("summary", { hasText: "SQL" }).click();
    await page.getByText("SELECT DISTINCT").waitFor();
    await page.getByRole("button", { name: "Add a condition" }).click();
    const second = condition(page, 2);
    await second.getByLabel("Kind").selectOption("User trait");
    await second.getByLabel("Trait").fill("plan");
    await second.getByLabel("Value").fill("free");
    await page.getByText("0 users match").waitFor();
    await page.getByText("one or more of these hold").click();
    await page.getByText("2 users match").waitFor();
    await page.getByRole("button", { name: "Save segment" }).click();
    await page.getByRole("heading", { name: "Loyal" }).waitFor();
    await page.getByRole("link", { name: "grace@example.com" }).waitFor();
    expect(await definitionOf(server, "Loyal")).toEqual({
      logic: "OR",
      conditions: [
        { type: "event_count", event_type: "order_placed", operator: "gte", value: 2 },
        { type: "user_property", property: "plan", operator: "eq", value: "free" },
      ],
    });
  });

  test("counts its members live", async () => {
    const server = await localServer();
    await track(server, bought("ada"));
    const id = await segment(server, "Buyers", buyers);
    const page = await open(server, "#/segments");
    await page.getByText("1 member", { exact: false }).waitFor();
    await track(server, bought("bob"));
    await page.getByText("2 members").waitFor();
    await page.getByRole("link", { name: "Buyers" }).click();
    await page.getByRole("link", { name: "bob" }).waitFor();
    await track(server, bought("carol"));
    await page.getByRole("link", { name: "carol" }).waitFor();
    expect(page.url()).toContain(id);
  });

  test("says why somebody is in it, and why somebody else is not", async () => {
    const server = await localServer();
    await batch(server, [bought("ada"), { user_id: "bob", event_type: "page_viewed" }]);
    const id = await segment(server, "Buyers", buyers);
    const page = await open(server, `#/segments/${id}`, {}, /status of 404/);
    await page.getByRole("button", { name: "Explain ada" }).click();
    await page.getByText("ada is in.").waitFor();
    await page.getByText("actual: 1").waitFor();
    await page.getByLabel("User id to explain").fill("bob");
    await page.keyboard.press("Enter");
    await page.getByText("bob is not in.").waitFor();
    await page.getByText("actual: 0").waitFor();
    await page.getByLabel("User id to explain").fill("nobody");
    await page.keyboard.press("Enter");
    await page.getByText("There is no user nobody").waitFor();
  });

  test("has its members on pages", async () => {
    const server = await localServer();
    await batch(
      server,
      Array.from({ length: 60 }, (_, n) => bought(`user-${String(n).padStart(2, "0")}`)),
    );
    const page = await open(server, `#/segments/${await segment(server, "Buyers", buyers)}`);
    await page.getByText("1 to 25 of 60").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("link", { name: "user-25" }).waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("51 to 60 of 60").waitFor();
    expect(await page.getByRole("button", { name: "Next" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Previous" }).click();
    await page.getByText("26 to 50 of 60").waitFor();
  });

  test("is changed, computed and deleted", async () => {
    const server = await localServer();
    await track(server, bought("ada"));
    const page = await open(server, `#/segments/${await segment(server, "Buyers", buyers)}`);
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Times").fill("5");
    await page.getByText("0 users match").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Nobody matches this rule now.").waitFor();
    await page.getByText("order_placed at least 5 times").waitFor();
    await page.locator("summary", { hasText: "Versions" }).click();
    await page.getByText("Version 1 order_placed at least 1 time").waitFor();
    await page.getByRole("button", { name: "Compute now" }).click();
    await page.getByText("The segment is computed.").waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete segment" }).click();
    await page.getByRole("heading", { name: "No segments yet" }).waitFor();
  });

  test("says at the condition what is wrong with it", async () => {
    const server = await localServer();
    const page = await open(server, "#/segments/new", {}, /status of 400/);
    const first = condition(page, 1);
    await first.getByLabel("Kind").selectOption("User trait");
    await first.getByLabel("Trait").fill("plan");
    await first.getByLabel("Comparison").selectOption("matches the pattern");
    await first.getByLabel("Value").fill("(a");
    await page.getByText("This rule cannot be computed yet.").waitFor();
    await first.getByText(/^value: /).waitFor();
    await first.getByLabel("Value").fill("a+");
    await page.getByText("0 users match").waitFor();
  });
});

describeInBrowser("the builder", () => {
  test.each<[string, (card: Locator) => Promise<unknown>, Record<string, unknown>]>([
    [
      "Recency",
      async (card) => {
        await card.getByLabel("Event").fill("order_placed");
        await card.getByLabel("Last happened").selectOption("more than");
        await card.getByLabel("Days ago").fill("7");
      },
      { type: "recency", event_type: "order_placed", operator: "gt", window_days: 7 },
    ],
    [
      "Monetary",
      async (card) => {
        await card.getByLabel("Figure").selectOption("Average");
        await card.getByLabel("Event").fill("order_placed");
        await card.getByLabel("Property").fill("total");
        await card.getByLabel("Amount").fill("12.5");
      },
      {
        type: "monetary",
        event_type: "order_placed",
        property: "total",
        metric: "avg",
        operator: "gte",
        value: 12.5,
      },
    ],
    [
      "Event property",
      async (card) => {
        await card.getByLabel("Event").fill("order_placed");
        await card.getByLabel("Property").fill("total");
        await card.getByLabel("Comparison").selectOption("is between");
        await card.getByLabel("From").fill("1");
        await card.getByLabel("To").fill("9");
      },
      {
        type: "event_property",
        event_type: "order_placed",
        property: "total",
        operator: "between",
        value: [1, 9],
      },
    ],
    [
      "User trait",
      async (card) => {
        await card.getByLabel("Trait").fill("plan");
        await card.getByLabel("Comparison").selectOption("is one of");
        await card.getByLabel("Values").fill("pro\nteam\n");
      },
      { type: "user_property", property: "plan", operator: "in", value: ["pro", "team"] },
    ],
    [
      "User trait",
      async (card) => {
        await card.getByLabel("Trait").fill("newsletter");
        await card.getByLabel("Compare as").selectOption("true or false");
      },
      { type: "user_property", property: "newsletter", operator: "eq", value: true },
    ],
    [
      "User trait",
      async (card) => {
        await card.getByLabel("Trait").fill("plan");
        await card.getByLabel("Comparison").selectOption("is not set");
      },
      { type: "user_property", property: "plan", operator: "is_not_set" },
    ],
    [
      "Event sequence",
      async (card) => {
        await card.getByRole("combobox", { name: "Step 1" }).fill("page_viewed");
        await card.getByRole("combobox", { name: "Step 2" }).fill("order_placed");
        await card.getByRole("button", { name: "Add a step" }).click();
        await card.getByRole("combobox", { name: "Step 3" }).fill("order_shipped");
        await card.getByLabel("Directly after each other").check();
      },
      {
        type: "event_sequence",
        events: ["page_viewed", "order_placed", "order_shipped"],
        window_days: 30,
        strict: true,
      },
    ],
    [
      "Segment membership",
      async (card) => {
        await card.getByLabel("The user is").selectOption("not in");
        await card.getByLabel("Segment", { exact: true }).selectOption("Others");
      },
      { type: "segment_membership", operator: "not_in", segment_id: OTHERS },
    ],
  ])("writes a condition on %s, and reads it back unchanged", async (kind, write, expected) => {
    const server = await localServer();
    const id = await segment(server, "Others", buyers);
    const page = await open(server, "#/segments/new");
    await page.getByLabel("Name").fill("Written");
    await condition(page, 1).getByLabel("Kind").selectOption(kind);
    await write(condition(page, 1));
    await page.getByText("0 users match").waitFor();
    await page.getByRole("button", { name: "Save segment" }).click();
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByText("0 users match").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("heading", { name: "Written" }).waitFor();
    const told = JSON.stringify(await definitionOf(server, "Written")).replace(id, OTHERS);
    expect(JSON.parse(told)).toEqual({ logic: "AND", conditions: [expected] });
  });
});

async function definitionOf(server: LocalServer, name: string): Promise<unknown> {
  const { body } = await get(server, "/api/segments/", { Authorization: "ApiKey sk_test_local" });
  const { results } = body as { results: { name: string; definition: unknown }[] };
  return results.find((each) => each.name === name)?.definition;
}
