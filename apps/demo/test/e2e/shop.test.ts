import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isBrowserMissing, startBrowser } from "../support/browser";
import { type RunningDemo, type StoredEvent, startDemo } from "../support/demo";
import { killAll } from "../support/program";
import { shopper } from "../support/shopper";

const open = startBrowser();
let demo: RunningDemo;
beforeAll(async () => {
  if (!isBrowserMissing) demo = await startDemo();
});
afterAll(async () => {
  await demo?.stop();
  killAll();
});

function typesOf(events: readonly StoredEvent[], user: string): Record<string, number> {
  const types: Record<string, number> = {};
  for (const { resolved_user_id, event_type } of events) {
    if (resolved_user_id === user) types[event_type] = (types[event_type] ?? 0) + 1;
  }
  return types;
}

/** Each event that a client sent is there once. */
function expectOnce(events: readonly StoredEvent[]): void {
  const ids = events.map(({ event_id }) => event_id);
  expect(ids).not.toContain(null);
  expect(new Set(ids).size).toBe(ids.length);
}

describe.skipIf(isBrowserMissing)("the shop", { timeout: 240_000 }, () => {
  test("a visitor buys while the server fails, and is killed: the counters add up, and the database agrees", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    await visitor.untilEven();

    await visitor.press("Server errors");
    await visitor.untilTrouble("The server answers 503");
    await visitor.putInCart("Enamel mug");
    await visitor.signUp("failing@example.com");
    await visitor.order("Desk lamp");
    await visitor.press("Kill the server");
    await visitor.untilTrouble("its process is gone");
    await visitor.order("Potted fern");
    await visitor.press("Mend it");
    await visitor.untilTrouble("All is well");

    const { delivered, refused } = await visitor.untilEven();
    const events = await demo.events();
    expect({ refused, stored: events.length }).toEqual({ refused: 0, stored: delivered });
    expectOnce(events);
    expect(typesOf(events, "failing@example.com")).toMatchObject({
      cart_item_added: 3,
      context_identified: 1,
      signed_up: 1,
      checkout_started: 2,
      order_placed: 2,
      order_packed: 2,
      logged_in: 1,
    });
  });

  test("the backend is killed with orders that SegOps does not have yet: it sends them when it is back", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    await visitor.signUp("restart@example.com");
    await visitor.untilEven();

    await visitor.press("Server errors");
    await visitor.order("Desk lamp");
    await visitor.order("Potted fern");
    await visitor.press("Kill the backend");
    await visitor.untilTrouble("The shop's backend was killed");
    for (const name of ["Kill the backend", "Send a bad event", "Send made-up visitors"])
      expect(await page.getByRole("button", { name }).isDisabled()).toBe(true);
    await page.getByText("backend, killed").waitFor();
    await page.getByText("of them on the backend's disk").waitFor();

    // Nobody takes orders meanwhile, and the shop says so.
    await visitor.goTo("Shop");
    await visitor.putInCart("Enamel mug");
    await visitor.goTo("Cart");
    await visitor.press("Order as restart@example.com");
    await page.getByText("Mend it, and try again.").waitFor();

    await visitor.press("Mend it");
    await visitor.untilTrouble("All is well");
    await visitor.press("Order as restart@example.com");
    await page.getByText("is placed").waitFor();

    const { delivered, refused } = await visitor.untilEven();
    const events = await demo.events();
    expect(events.length).toBe(delivered);
    expect(refused).toBe(0);
    expectOnce(events);
    expect(typesOf(events, "restart@example.com")).toMatchObject({
      context_identified: 1,
      signed_up: 1,
      order_placed: 3,
      order_packed: 3,
    });
  });

  test("the server is killed, and then the backend: all arrives when both are back", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    await visitor.signUp("disk@example.com");
    await visitor.untilEven();
    await visitor.press("Kill the server");
    await visitor.untilTrouble("its process is gone");
    await visitor.order("Wall clock");
    await visitor.press("Kill the backend");
    await visitor.untilTrouble("The shop's backend was killed");
    await visitor.press("Mend it");
    await visitor.untilEven();
    expect(typesOf(await demo.events(), "disk@example.com")).toMatchObject({
      order_placed: 1,
      order_packed: 1,
    });
  });

  test.each([
    ["a rate limit", "Rate limit", "The server answers 429"],
    ["lost answers", "Lose the answers", "cuts the connection"],
    ["an absent network", "Page offline", "cut off from SegOps"],
  ])("it adds up after %s", async (_, button, sentence) => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    await visitor.untilEven();
    await visitor.press(button);
    await visitor.untilTrouble(sentence);
    await visitor.putInCart("Wall clock");
    await page.getByTestId("In flight").filter({ hasNotText: /^0$/ }).waitFor();
    await visitor.press("Mend it");
    await visitor.untilEven();
    expectOnce(await demo.events());
  });

  test("it adds up after tokens have expired, and with an event that the server refuses", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    const before = await visitor.untilEven();
    await visitor.press("Expire tokens");
    await visitor.press("Send a bad event");
    await visitor.putInCart("Wall clock");
    await page
      .getByTestId("Refused")
      .getByText(String(before.refused + 1), { exact: true })
      .waitFor();
    const after = await visitor.untilEven();
    expect(after).toEqual({
      tracked: before.tracked + 2,
      delivered: before.delivered + 1,
      refused: before.refused + 1,
    });
  });

  test("a login joins the anonymous trail to the user, and a logout begins a new one", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    await visitor.putInCart("Canvas tote");
    await visitor.untilEven();
    await visitor.signUp("trail@example.com");
    await visitor.untilEven();
    const trail = page.getByTestId("trail").getByRole("listitem");
    await trail.filter({ hasText: "cart_item_added" }).getByText("anonymous").waitFor();
    await trail.filter({ hasText: "logged_in" }).getByText("known").waitFor();

    await visitor.press("Log out");
    await page.getByText("You are a visitor without a name").waitFor();
    await visitor.untilEven();
    const mine = (await demo.events()).filter(
      ({ resolved_user_id }) => resolved_user_id === "trail@example.com",
    );
    expect(mine.some(({ user_id }) => user_id.startsWith("anon_"))).toBe(true);
    expect(mine.filter(({ event_type }) => event_type === "logged_out")).toHaveLength(1);
  });

  test("segments change as one shops", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    await visitor.signUp("segments@example.com", "Free");
    await visitor.untilInSegment("Plan is pro", false);
    await visitor.press("Change to pro");
    await visitor.untilInSegment("Plan is pro", true);
    await visitor.press("Change to free");
    await visitor.untilInSegment("Plan is pro", false);
    await visitor.order("Enamel mug");
    await visitor.untilInSegment("2 orders in 7 days", false);
    await visitor.order("Enamel mug");
    await visitor.untilInSegment("2 orders in 7 days", true);
    // What a closed page leaves would wait for a visit that never comes.
    await visitor.untilEven();
  });

  test("made-up visitors come when they are asked for, and say what they are", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    const before = await visitor.untilEven();
    await visitor.press("Send made-up visitors");
    await page
      .getByTestId("Tracked")
      .filter({ hasNotText: new RegExp(`^${before.tracked}$`) })
      .waitFor();
    await visitor.untilEven();
    const made = (await demo.events()).filter(({ payload }) => payload.synthetic === true);
    expect(made.length).toBeGreaterThan(0);
    for (const { user_id } of made) expect(user_id).toMatch(/@synthetic\.example$/);
  });

  test("the flyer counts without a framework, and what is left behind is found again", async () => {
    const page = await open(`${demo.shop}/flyer.html`);
    for (const _ of "12345") await page.getByRole("button", { name: "Clap" }).click();
    await page.getByRole("link", { name: "To the shop" }).click();
    await shopper(page).untilEven();
    const claps = (await demo.events()).filter(({ event_type }) => event_type === "flyer_clapped");
    expect(claps.map(({ payload }) => payload.claps).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test("what a page leaves to the next one is in flight meanwhile, and neither lost nor there twice", async () => {
    const page = await open(demo.shop);
    const visitor = shopper(page);
    const before = await visitor.untilEven();
    await visitor.press("Server errors");
    await visitor.untilTrouble("The server answers 503");
    await visitor.putInCart("Enamel mug");
    await page.getByTestId("In flight").filter({ hasNotText: /^0$/ }).waitFor();
    await page.goto(`${demo.shop}/flyer.html`);
    await page.goto(demo.shop);
    await visitor.press("Mend it");
    const after = await visitor.untilEven();
    expect(after.refused).toBe(before.refused);
    const events = await demo.events();
    expectOnce(events);
    expect(after.delivered).toBe(events.length);
  });
});
