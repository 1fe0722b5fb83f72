import { request } from "./api.js";

const DAY_MS = 86_400_000;
const PEOPLE = [
  { id: "ada@example.com", plan: "pro", country: "GB", orders: [42, 130, 19.5] },
  { id: "grace@example.com", plan: "pro", country: "US", orders: [250] },
  { id: "linus@example.com", plan: "free", country: "FI", orders: [] },
  { id: "margaret@example.com", plan: "team", country: "US", orders: [80, 80] },
  { id: "alan@example.com", plan: "free", country: "GB", orders: [12] },
];

/** Sends events of a small shop, so that every view has something to show. One of them is refused. */
export function sendSamples() {
  const at = (/** @type {number} */ daysAgo) => new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  /** @type {object[]} */
  const events = PEOPLE.flatMap(({ id, plan, country, orders }, index) => [
    {
      user_id: `anon_visitor-${index}`,
      anonymous_id: `visitor-${index}`,
      event_type: "page_viewed",
      occurred_at: at(12 - index),
      payload: { page: "/pricing" },
    },
    {
      user_id: id,
      anonymous_id: `visitor-${index}`,
      event_type: "context_identified",
      occurred_at: at(11.9 - index),
      payload: { plan, country, newsletter: index % 2 === 0 },
    },
    ...orders.map((total, n) => ({
      user_id: id,
      event_type: "order_placed",
      occurred_at: at(index * 2 + n + 0.1),
      payload: { total, currency: "EUR", items: [{ sku: `tea-${n + 1}`, quantity: n + 1 }] },
    })),
  ]);
  events.push({ user_id: "ada@example.com", event_type: "order_placed", occurred_at: "yesterday" });
  return request("/api/ingestion/track/batch/", { method: "POST", body: { events } });
}
