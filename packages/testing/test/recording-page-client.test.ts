import { defineEvents } from "@segops/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import "../src/vitest";
import { createRecordingPageClient } from "../src/index";

afterEach(() => vi.unstubAllGlobals());

describe("an event that names no user counts for the visitor", () => {
  it("who is anonymous at first", () => {
    const segops = createRecordingPageClient();
    segops.track({ eventType: "cart_opened" });
    expect(segops.events()).toMatchObject([{ userId: "visitor-1", anonymousId: "visitor-1" }]);
    expect([segops.userId, segops.anonymousId]).toEqual([undefined, "visitor-1"]);
  });

  it("who is known after identify() or setUser()", () => {
    const segops = createRecordingPageClient();
    segops.identify({ userId: "ada", traits: { plan: "pro" } });
    segops.track({ eventType: "cart_opened" });
    segops.setUser("bob");
    segops.track({ eventType: "cart_opened" });
    expect(segops).toHaveIdentified("ada", { plan: "pro" });
    expect(segops.events().map(({ userId }) => userId)).toEqual(["ada", "bob"]);
    expect(segops.userId).toBe("bob");
  });

  it("who is another one after reset()", () => {
    const segops = createRecordingPageClient();
    segops.setUser("ada");
    segops.reset();
    segops.track({ eventType: "cart_opened" });
    expect(segops.events()).toMatchObject([{ userId: "visitor-2", anonymousId: "visitor-2" }]);
  });

  it("unless it names one", () => {
    const segops = createRecordingPageClient();
    segops.track({ eventType: "cart_opened", userId: "eve" });
    expect(segops.events()).toMatchObject([{ userId: "eve", anonymousId: "visitor-1" }]);
  });
});

describe("a page view is tracked", () => {
  it("with the page that the test shows", () => {
    vi.stubGlobal("location", { pathname: "/cart" });
    vi.stubGlobal("document", { title: "Cart" });
    const segops = createRecordingPageClient();
    segops.trackPageView();
    expect(segops).toHaveTracked("page_viewed", { path: "/cart", title: "Cart" }, { userId: "visitor-1" });
  });

  it("without a page, for a named user, and whatever the catalogue names", () => {
    const segops = createRecordingPageClient({ events: defineEvents({}) });
    segops.trackPageView({ userId: "ada" });
    expect(segops.events()).toMatchObject([{ userId: "ada", payload: { path: "/" } }]);
  });
});

it("nothing is recorded between optOut() and optIn()", () => {
  const segops = createRecordingPageClient();
  segops.optOut();
  segops.track({ eventType: "cart_opened" });
  segops.identify({ userId: "ada" });
  segops.optIn();
  segops.track({ eventType: "cart_closed" });
  expect(segops.events().map(({ eventType }) => eventType)).toEqual(["cart_closed"]);
  expect(segops.users()).toEqual([]);
});

it("has everything that a recording client has", async () => {
  const segops = createRecordingPageClient();
  const opened = segops.waitFor("cart_opened");
  segops.track({ eventType: "cart_opened" });
  await opened;
  expect(segops.totals).toMatchObject({ accepted: 1, pending: 1 });
  expect(await segops.flush()).toMatchObject({ delivered: 1 });
  expect(segops.totals).toMatchObject({ delivered: 1, pending: 0 });
});
