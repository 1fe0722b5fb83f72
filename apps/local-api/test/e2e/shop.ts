import { expect } from "vitest";
import type { LocalServer } from "../../src/index";
import { batch, post } from "../support/local-server";

const at = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString();
const order = (user_id: string, total: number, daysAgo = 1) => ({
  user_id,
  event_type: "order_placed",
  occurred_at: at(daysAgo),
  payload: { total, currency: "EUR" },
});

/** A server with something in every view: people, an anonymous history, a refused event, segments, a fault. */
export async function stockShop(server: LocalServer): Promise<void> {
  await batch(server, [
    { user_id: "anon_v1", anonymous_id: "v1", event_type: "page_viewed", payload: { page: "/" } },
    {
      user_id: "ada@example.com",
      anonymous_id: "v1",
      event_type: "context_identified",
      payload: { plan: "pro", country: "GB", tags: ["early", "vip"] },
    },
    order("ada@example.com", 42),
    order("ada@example.com", 130, 3),
    order("grace@example.com", 250, 5),
    { user_id: "grace@example.com", event_type: "context_identified", payload: { plan: "free" } },
    ...Array.from({ length: 30 }, (_, n) => order(`customer-${n}`, n)),
    { user_id: "linus@example.com", event_type: "page_viewed", payload: { page: "/pricing" } },
    { user_id: "linus@example.com", event_type: "order_placed", occurred_at: "yesterday" },
  ]);
}

/** Makes a segment and tells its id. */
export async function segment(
  server: LocalServer,
  name: string,
  definition: { logic: "AND" | "OR"; conditions: Record<string, unknown>[] },
): Promise<string> {
  const { status, body } = await post(server, "/api/segments/", { name, definition });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

export const buyers = {
  logic: "AND" as const,
  conditions: [{ type: "event_count", event_type: "order_placed", operator: "gte", value: 1 }],
};
