import { path, request } from "../shared/api.js";
import { button, element, fill, newId } from "../shared/dom.js";
import { labelled, select } from "../shared/fields.js";
import { counted, localTime } from "../shared/format.js";
import { jsonView } from "../shared/json-view.js";
import { panel } from "../shared/page-head.js";
import { load } from "../shared/states.js";

const PAGE = 30;
const MOST = 900;

/** What a user did, latest first. @param {string} userId @param {AbortSignal} signal @param {(aliases: string[]) => void} onIds */
export function timelinePanel(userId, signal, onIds) {
  let limit = PAGE;
  let eventType = "";
  const place = element("div", "");
  const filter = element("div", "timeline-filter");
  /** Kept over a look, so that what is unfolded stays so. @type {Map<number, HTMLElement>} */
  const items = new Map();
  /** @type {Set<string>} */
  const types = new Set();

  const ask = () => {
    const query = new URLSearchParams({ limit: String(limit) });
    if (eventType !== "") query.set("event_type", eventType);
    return request(`/local${path("users", userId)}/history?${query}`, { signal });
  };
  const look = () =>
    load(place, signal, ask, (history) => {
      onIds(history.aliases);
      offerTypes(history.results);
      const list = element("ol", "timeline", ...history.results.map(itemOf));
      const more = button(`Show more of ${counted(history.count, "event")}`, () => {
        limit = Math.min(MOST, limit + PAGE);
        look();
      });
      more.dataset.key = "more";
      const none = element("p", "muted", "No events.");
      const isMore = history.next_cursor !== null && limit < MOST;
      return [history.count === 0 ? none : list, ...(isMore ? [more] : [])];
    });

  /** @param {any} event */
  function itemOf(event) {
    const known = items.get(event.id);
    if (known !== undefined) return known;
    const item = timelineItem(event, userId);
    items.set(event.id, item);
    return item;
  }

  /** @param {any[]} events */
  function offerTypes(events) {
    const before = types.size;
    for (const { event_type } of events) types.add(event_type);
    if (types.size === before) return;
    const options = {
      "": "All events",
      ...Object.fromEntries([...types].sort().map((type) => [type, type])),
    };
    const chooser = select(options, eventType, (chosen) => {
      eventType = chosen;
      limit = PAGE;
      look();
    });
    chooser.dataset.key = "type";
    fill(filter, labelled("Event type", chooser, "beside"));
  }

  return { panel: panel("Timeline", filter, place), look };
}

/** @param {any} event @param {string} userId */
function timelineItem(event, userId) {
  const summary = element(
    "summary",
    "",
    element("span", "name", event.event_type),
    event.user_id === userId ? "" : element("span", "chip", `as ${event.user_id}`),
    element("time", "muted", localTime(event.occurred_at)),
  );
  const details = element("details", "", summary);
  details.id = newId("event");
  details.addEventListener(
    "toggle",
    () => details.append(jsonView(event.payload, `Payload of ${event.event_type}`)),
    { once: true },
  );
  return element("li", "", details);
}
