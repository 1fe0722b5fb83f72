import { Problem, path, request } from "../shared/api.js";
import { element } from "../shared/dom.js";
import { inline } from "../shared/format.js";

/**
 * Why a user is in a segment, or why not: each condition, and what was found.
 * @param {string} userId
 * @param {string} segmentId
 * @param {AbortSignal} signal
 */
export async function explanation(userId, segmentId, signal) {
  try {
    const place = `/local/explorer${path("users", userId, "segments", segmentId)}/explain/`;
    return explained(await request(place, { signal }));
  } catch (error) {
    const said = error instanceof Problem ? error.message : "The server does not answer.";
    return element("p", "reason", said);
  }
}

/** @param {any} verdict */
function explained({ user_id, matches, logic, conditions }) {
  const rule =
    conditions.length === 1 ? "" : logic === "AND" ? " All of these must hold." : " One of these must hold.";
  const title = element(
    "p",
    "verdict",
    element("strong", "", user_id),
    matches ? " is in." : " is not in.",
    rule,
  );
  title.dataset.passed = String(matches);
  return element("div", "explanation", title, element("ul", "conditions", ...conditions.map(condition)));
}

/** @param {any} verdict */
function condition({ label, actual, threshold, passed, type }) {
  const mark = element("span", "mark", passed ? "✓" : "✗");
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", passed ? "Passed" : "Failed");
  const found = element(
    "span",
    "actual",
    element("span", "muted", actualIs(type)),
    " ",
    element("code", "", inline(actual)),
  );
  const item = element("li", "", mark, element("span", "label", label), found);
  item.dataset.passed = String(passed);
  item.title = `Threshold: ${inline(threshold)}`;
  return item;
}

/** What the actual value of a condition of this type is. @param {string} type */
function actualIs(type) {
  if (type === "recency") return "days since:";
  if (type === "event_sequence") return "steps taken:";
  return "actual:";
}
