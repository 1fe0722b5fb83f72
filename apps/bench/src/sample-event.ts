/** The event that everything is measured with: eight payload fields, and always the same length. */

/** The length of one event's JSON text. */
export const SAMPLE_EVENT_BYTES = 219;

const OCCURRED_AT = "2026-11-24T20:00:00.000Z";
const DISTINCT = 1_000_000;

/** What `track()` is given. The client adds the time. */
export function sampleInput(index: number) {
  const digits = String(DISTINCT + (index % DISTINCT));
  return { userId: `u-${digits}`, eventType: "order_placed", payload: samplePayload(index, digits) };
}

/** The same event as it travels, built by hand. Its time is given, which is the cheapest way to have one. */
export function sampleWireEvent(index: number) {
  const digits = String(DISTINCT + (index % DISTINCT));
  return {
    user_id: `u-${digits}`,
    event_type: "order_placed",
    occurred_at: OCCURRED_AT,
    payload: samplePayload(index, digits),
  };
}

function samplePayload(index: number, digits: string) {
  return {
    order_id: digits,
    total: 10.5,
    currency: "EUR",
    items: 2 + (index % 8),
    source: "web",
    gift: true,
    code: null,
    country: "DE",
  };
}
