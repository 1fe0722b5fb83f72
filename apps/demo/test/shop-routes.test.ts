import type { IdentifyInput, TrackInput } from "@segops/node";
import { beforeEach, describe, expect, test } from "vitest";
import { Shop } from "../src/shop/shop";
import { shopRoutes } from "../src/shop/shop-routes";

const ada = { name: "Ada", email: "ada@example.com", plan: "pro" };

let tracked: TrackInput[];
let identified: IdentifyInput[];
let routes: ReturnType<typeof shopRoutes>;
beforeEach(() => {
  tracked = [];
  identified = [];
  const segops = {
    track: (event: TrackInput) => void tracked.push(event),
    identify: (user: IdentifyInput) => void identified.push(user),
  };
  routes = shopRoutes(new Shop(segops, () => "order-1"));
});

describe("signing up", () => {
  test("says who the user is and that they signed up", async () => {
    const answer = await post("/sign-ups", ada);
    expect(answer).toEqual({
      status: 201,
      body: { user_id: "ada@example.com", tracked: ["context_identified", "signed_up"] },
    });
    expect(identified).toEqual([{ userId: "ada@example.com", traits: ada }]);
    expect(tracked).toEqual([
      { userId: "ada@example.com", eventType: "signed_up", payload: { plan: "pro" } },
    ]);
    expect(await (await routes.request("/customers")).json()).toEqual([ada]);
  });

  test("names every field that is wrong, and tracks nothing", async () => {
    const { status, body } = await post("/sign-ups", { name: " ", email: "ada", plan: "gold" });
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual(["name", "email", "plan"]);
    expect(tracked).toEqual([]);
    expect(identified).toEqual([]);
  });
});

describe("ordering", () => {
  test("tracks the order with the shop's own prices", async () => {
    await post("/sign-ups", ada);
    const items = [
      { sku: "mug", quantity: 3, price: 0 },
      { sku: "lamp", quantity: 1 },
    ];
    const { status, body } = await post("/orders", { email: "ada@example.com", items });
    const order = {
      order_id: "order-1",
      total: 102.5,
      currency: "EUR",
      items: [
        { sku: "mug", quantity: 3, price: 14.5 },
        { sku: "lamp", quantity: 1, price: 59 },
      ],
    };
    expect({ status, body }).toEqual({ status: 201, body: { ...order, tracked: ["order_placed"] } });
    expect(tracked.at(-1)).toEqual({ userId: "ada@example.com", eventType: "order_placed", payload: order });
  });

  test("is for those who signed up", async () => {
    const items = [{ sku: "mug", quantity: 1 }];
    expect(await post("/orders", { email: "bob@example.com", items })).toEqual({
      status: 400,
      body: { email: ["Nobody has signed up as bob@example.com. Sign up first."] },
    });
    expect(tracked).toEqual([]);
  });

  test.each([
    ["nothing", []],
    ["an unknown product", [{ sku: "yacht", quantity: 1 }]],
    ["half a mug", [{ sku: "mug", quantity: 0.5 }]],
    ["less than nothing", [{ sku: "mug", quantity: -1 }]],
    ["too many", [{ sku: "mug", quantity: 100 }]],
  ])("refuses %s", async (_, items) => {
    await post("/sign-ups", ada);
    const { status, body } = await post("/orders", { email: ada.email, items });
    expect({ status, fields: Object.keys(body) }).toEqual({ status: 400, fields: ["items"] });
  });
});

test("what is no JSON is refused with the reason", async () => {
  const json = { "Content-Type": "application/json" };
  const broken = await routes.request("/sign-ups", { method: "POST", body: "{", headers: json });
  expect([broken.status, await broken.json()]).toEqual([400, { detail: "The body is not valid JSON." }]);
  const form = await routes.request("/sign-ups", { method: "POST", body: "name=Ada" });
  expect(form.status).toBe(415);
  const huge = await routes.request("/sign-ups", { method: "POST", body: "x".repeat(20_000), headers: json });
  expect(huge.status).toBe(413);
});

async function post(path: string, body: unknown) {
  const headers = { "Content-Type": "application/json" };
  const answer = await routes.request(path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
