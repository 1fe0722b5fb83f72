import { element } from "../shared/dom.js";
import { input } from "../shared/fields.js";
import { load } from "../shared/states.js";
import { explanation } from "./explanation.js";

/** Asks about any user, whether in the segment or not. @param {string} segmentId @param {AbortSignal} signal */
export function explainForm(segmentId, signal) {
  const user = input({ placeholder: "User id", required: true }, () => undefined);
  user.setAttribute("aria-label", "User id to explain");
  const form = element("form", "inline", user, element("button", "quiet", "Explain"));
  const answer = element("div", "why");
  answer.setAttribute("aria-live", "polite");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load(
      answer,
      signal,
      () => explanation(user.value.trim(), segmentId, signal),
      (text) => [text],
    );
  });
  return element(
    "div",
    "",
    element("p", "muted", "Why somebody is in this segment, or why not."),
    form,
    answer,
  );
}
