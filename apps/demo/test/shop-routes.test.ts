import type { IdentifyInput, TrackInput } from "@segops/node";
import { type SignedUserId, signUserId } from "@segops/sdk/server";
import { beforeEach, describe, expect, test } from "vitest";
import { Customers } from "../src/shop/customers";
import { Logins } from "../src/shop/logins";
import { Shop } from "../src/shop/shop";
import { shopRoutes } from "../src/shop/shop-routes";

const ada = { name: "Ada", email: "ada@example.com", plan: "pro" };

let tracked: TrackInput[];
let identified: IdentifyInput[];
let packed: string[];
let cookie: string;
let routes: ReturnType<typeof shopRoutes>;
const hmacSecret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
beforeEach(() => {
  tracked = [];
  identified = [];
  packed = [];
  cookie = "";
  const segops = {
    track: (event: TrackInput) => void tracked.push(event),
    identify: (user: IdentifyInput) => void identified.push(user),
  };
  const warehouse = { pack: ({ orderId }: { orderId: string }) => void packed.push(orderId) };
  const shop = new Shop({ segops, customers: new Customers(), warehouse, newOrderId: () => "order-1" });
  routes = shopRoutes({ shop, logins: new Logins(hmacSecret), hmacSecret });
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
    expect(packed).toEqual(["order-1"]);
  });

  test("is for whoever is logged in where nobody is named", async () => {
    const items = [{ sku: "mug", quantity: 1 }];
    expect((await post("/orders", { items })).body).toEqual({
      email: ["Log in first, or say who orders."],
    });
    await post("/sign-ups", ada);
    expect((await post("/orders", { items })).status).toBe(201);
    expect(tracked.at(-1)).toMatchObject({ userId: ada.email, eventType: "order_placed" });
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

describe("being logged in", () => {
  test("lets the page prove who it is, until the logout", async () => {
    expect(await get("/who-am-i")).toEqual({});
    await post("/sign-ups", ada);
    const proof = (await get("/who-am-i")) as SignedUserId;
    expect(proof).toEqual(await signUserId(hmacSecret, ada.email, proof.user_id_ts * 1000));
    await post("/logout", {});
    expect(await get("/who-am-i")).toEqual({});
    expect(await get("/me")).toEqual({ customer: null });
  });

  test("is for those who signed up, and ends with nobody else's login", async () => {
    expect((await post("/login", { email: ada.email })).status).toBe(400);
    await post("/sign-ups", ada);
    cookie = "";
    expect(await get("/me")).toEqual({ customer: null });
    expect((await post("/login", { email: ada.email })).status).toBe(200);
    expect(await get("/me")).toEqual({ customer: ada });
  });

  test("lets the plan be changed, of which SegOps is told as a trait", async () => {
    expect((await post("/plan", { plan: "pro" })).status).toBe(401);
    await post("/sign-ups", { ...ada, plan: "free" });
    expect((await post("/plan", { plan: "pro" })).body).toMatchObject({ customer: ada });
    expect(identified.at(-1)).toEqual({ userId: ada.email, traits: { plan: "pro" } });
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
  const headers = { "Content-Type": "application/json", Cookie: cookie };
  const answer = await routes.request(path, { method: "POST", headers, body: JSON.stringify(body) });
  cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
  const text = await answer.text();
  return { status: answer.status, body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown> };
}

async function get(path: string): Promise<unknown> {
  return (await routes.request(path, { headers: { Cookie: cookie } })).json();
}
