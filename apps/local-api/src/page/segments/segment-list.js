import { request } from "../shared/api.js";
import { element, link } from "../shared/dom.js";
import { ago, number } from "../shared/format.js";
import { lookAgainOn } from "../shared/live.js";
import { pageHead } from "../shared/page-head.js";
import { href } from "../shared/router.js";
import { emptyState, load } from "../shared/states.js";
import { inWords } from "./words.js";

/** All segments with their counts as they are now. @param {HTMLElement} place @param {AbortSignal} signal */
export function segmentList(place, signal) {
  const list = element("div", "");
  place.append(
    pageHead({
      title: "Segments",
      lead: "Users by what they did and who they are. Members follow the events as they arrive.",
      actions: [link(href("segments", "new"), "New segment", "primary")],
    }),
    list,
  );
  const ask = () => request("/local/segments/", { signal });
  const look = () =>
    load(list, signal, ask, ({ count, results }) => {
      if (count === 0) return [noneYet()];
      const nameOf = (/** @type {string} */ id) =>
        results.find((/** @type {any} */ each) => each.id === id)?.name ?? id;
      return [element("ul", "cards", ...results.map((/** @type {any} */ segment) => card(segment, nameOf)))];
    });
  look();
  lookAgainOn(["opened", "segments", "reset"], signal, look);
}

/** @param {any} segment @param {(id: string) => string} nameOf */
function card({ id, name, description, definition, member_count, last_computed_at }, nameOf) {
  const title = link(href("segments", id), name, "row-link");
  title.dataset.key = id;
  const joint = definition.logic === "AND" ? " and " : " or ";
  const rule = definition.conditions.map((/** @type {any} */ each) => inWords(each, nameOf)).join(joint);
  const computed = last_computed_at === null ? ["never computed"] : ["computed ", ago(last_computed_at)];
  return element(
    "li",
    "card",
    element(
      "div",
      "card-words",
      element("h3", "", title),
      description === "" ? "" : element("p", "", description),
      element("p", "rule", rule),
    ),
    element(
      "p",
      "card-count",
      element("strong", "", number(member_count)),
      element("span", "", member_count === 1 ? " member" : " members"),
      element("span", "muted when", ...computed),
    ),
  );
}

function noneYet() {
  return emptyState(
    "No segments yet",
    "A segment is a rule, such as “order_placed at least 3 times in the last 30 days”. The builder counts who matches while you write it.",
    link(href("segments", "new"), "Make the first segment", "primary"),
  );
}
