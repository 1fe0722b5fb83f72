import { byId, element } from "./dom.js";

const STATES = /** @type {Record<string, string>} */ ({
  pending: "waiting",
  sent: "on its way",
  retrying: "trying again",
  delivered: "delivered",
  refused: "refused",
  dropped: "dropped",
});

/** Shows what the shop's client has sent, as it happens. */
export function showActivity() {
  const lost = byId("lost", HTMLElement);
  const stream = new EventSource("/activity/stream");
  stream.addEventListener("open", () => {
    lost.hidden = true;
  });
  stream.addEventListener("error", () => {
    lost.hidden = false;
  });
  stream.addEventListener("message", ({ data }) => {
    const { totals, events } = JSON.parse(data);
    showTotals(totals);
    byId("no-events", HTMLElement).hidden = events.length > 0;
    byId("events", HTMLElement).replaceChildren(...events.map(row));
  });
}

/** @param {{ accepted: number, pending: number, delivered: number, refused: number, dropped: Record<string, number> }} totals */
function showTotals({ accepted, pending, delivered, refused, dropped }) {
  const lost = Object.values(dropped).reduce((sum, events) => sum + events, 0);
  const counts = { accepted, pending, delivered, refused, dropped: lost };
  for (const [name, count] of Object.entries(counts)) {
    const place = byId(name, HTMLElement);
    place.textContent = count.toLocaleString("en");
    const isBad = count > 0 && (name === "refused" || name === "dropped");
    place.dataset.tone = isBad ? "bad" : "";
  }
}

/** @param {{ user_id: string, event_type: string, payload: unknown, state: string }} event */
function row({ user_id, event_type, payload, state }) {
  return element(
    "li",
    {},
    element("span", { class: "type" }, event_type, " ", element("span", { class: "user" }, user_id)),
    element("span", { class: "state", "data-state": state }, STATES[state] ?? state),
    element("span", { class: "payload" }, JSON.stringify(payload)),
  );
}
