import { path, request } from "../shared/api.js";
import { copyButton } from "../shared/copy.js";
import { element, facts, fill, link } from "../shared/dom.js";
import { ago, number } from "../shared/format.js";
import { jsonView } from "../shared/json-view.js";
import { lookAgainOn } from "../shared/live.js";
import { pageHead, panel } from "../shared/page-head.js";
import { href } from "../shared/router.js";
import { hasFailed, load } from "../shared/states.js";
import { timelinePanel } from "./timeline.js";
import { userSegments } from "./user-segments.js";

/** One user: who they are, what they did, which segments they are in. */
export function userDetail(
  /** @type {HTMLElement} */ place,
  /** @type {string} */ userId,
  /** @type {AbortSignal} */ signal,
) {
  const back = link(href("users"), "← Users", "back");
  const summary = element("div", "summary");
  const traits = element("div", "");
  const ids = element("div", "");
  const segments = userSegments(userId, signal);
  const timeline = timelinePanel(userId, signal, (aliases) => fill(ids, ...idList(userId, aliases)));
  const parts = element(
    "div",
    "columns-2",
    timeline.panel,
    element("div", "stack", panel("Traits", traits), segments.panel, panel("Ids", ids)),
  );
  parts.hidden = true;
  place.append(
    pageHead({ title: userId, back, actions: [copyButton("the user id", () => userId)] }),
    summary,
    parts,
  );
  const look = async () => {
    const ask = () => request(`/local/explorer${path("users", userId)}/`, { signal });
    await load(summary, signal, ask, (user) => {
      fill(traits, ...traitList(user.properties));
      return [
        facts({
          Events: number(user.event_count),
          "Event types": number(user.event_type_count),
          "First seen": ago(user.first_seen),
          "Last seen": ago(user.last_seen),
        }),
      ];
    });
    parts.hidden = hasFailed(summary);
  };
  const lookAtAll = () => Promise.all([look(), timeline.look(), segments.look()]);
  lookAtAll();
  lookAgainOn(["opened", "arrivals", "reset", "segments"], signal, lookAtAll);
}

/** @param {Record<string, unknown>} traits */
function traitList(traits) {
  const entries = Object.entries(traits);
  if (entries.length === 0) return [element("p", "muted", "None yet. Traits come with identify().")];
  return [
    facts(
      Object.fromEntries(
        entries.map(([name, value]) => [
          name,
          typeof value === "object" && value !== null
            ? jsonView(value, name)
            : element("code", "", String(JSON.stringify(value))),
        ]),
      ),
    ),
  ];
}

/** @param {string} userId @param {string[]} aliases */
function idList(userId, aliases) {
  const items = [userId, ...aliases].map((id, index) =>
    element(
      "li",
      "",
      element("code", "", id),
      index === 0 ? "" : element("span", "muted", " anonymous history"),
    ),
  );
  return [element("ul", "ids", ...items)];
}
