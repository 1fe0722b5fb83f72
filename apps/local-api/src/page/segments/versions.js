import { path, request } from "../shared/api.js";
import { element, fill } from "../shared/dom.js";
import { ago } from "../shared/format.js";
import { load } from "../shared/states.js";
import { inWords } from "./words.js";

/** What the rule was before, read when somebody asks. @param {string} segmentId @param {AbortSignal} signal */
export function versions(segmentId, signal) {
  const place = element("div", "");
  const details = element("details", "sql", element("summary", "", "Versions"), place);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    fill(place);
    const ask = () => request(`/local${path("segments", segmentId)}/versions/`, { signal });
    load(place, signal, ask, ({ results }) => [element("ul", "versions", ...results.map(item))]);
  });
  return details;
}

/** @param {any} version */
function item({ version, definition, created_at }) {
  const joint = definition.logic === "AND" ? " and " : " or ";
  const rule = definition.conditions.map((/** @type {any} */ each) => inWords(each, (id) => id)).join(joint);
  return element(
    "li",
    "",
    element("span", "chip", `Version ${version}`),
    " ",
    rule,
    " ",
    element("span", "muted", ago(created_at)),
  );
}
