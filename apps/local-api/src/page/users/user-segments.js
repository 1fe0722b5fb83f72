import { explanation } from "../segments/explanation.js";
import { request } from "../shared/api.js";
import { element, fill, link } from "../shared/dom.js";
import { counted } from "../shared/format.js";
import { panel } from "../shared/page-head.js";
import { href } from "../shared/router.js";
import { load } from "../shared/states.js";

/** Every segment, whether the user is in it, and why or why not. @param {string} userId @param {AbortSignal} signal */
export function userSegments(userId, signal) {
  const place = element("div", "");
  /** @type {Set<string>} */
  const unfolded = new Set();

  const ask = async () => ({
    all: await request("/local/segments/", { signal }),
    mine: await request(`/local/explorer/users/${encodeURIComponent(userId)}/segments/`, { signal }),
  });
  const look = () =>
    load(place, signal, ask, ({ all, mine }) => {
      const ids = new Set(mine.map((/** @type {any} */ { segment_id }) => segment_id));
      if (all.count === 0) {
        return [
          element("p", "muted", "There are no segments yet. "),
          link(href("segments", "new"), "Make the first one"),
        ];
      }
      const lead = element("p", "muted", `In ${ids.size} of ${counted(all.count, "segment")}.`);
      const sorted = all.results.sort(
        (/** @type {any} */ a, /** @type {any} */ b) => Number(ids.has(b.id)) - Number(ids.has(a.id)),
      );
      return [
        lead,
        element(
          "ul",
          "verdicts",
          ...sorted.map((/** @type {any} */ segment) => item(segment, ids.has(segment.id))),
        ),
      ];
    });

  /** @param {any} segment @param {boolean} isIn */
  function item(segment, isIn) {
    const mark = element("span", "chip", isIn ? "In" : "Not in");
    mark.dataset.tone = isIn ? "good" : "none";
    const summary = element("summary", "", mark, element("span", "name", segment.name));
    summary.dataset.key = segment.id;
    const why = element("div", "why");
    const details = element("details", "", summary, why);
    const explain = async () => fill(why, await explanation(userId, segment.id, signal), open);
    const open = link(href("segments", segment.id), "Open the segment");
    details.addEventListener("toggle", () => {
      if (!details.open) unfolded.delete(segment.id);
      else {
        unfolded.add(segment.id);
        if (why.childElementCount === 0) explain();
      }
    });
    if (unfolded.has(segment.id)) {
      details.open = true;
      explain();
    }
    return element("li", "", details);
  }

  return { panel: panel("Segments", place), look };
}
