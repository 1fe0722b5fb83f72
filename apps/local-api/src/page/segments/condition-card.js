import { button, element, newId } from "../shared/dom.js";
import { select } from "../shared/fields.js";
import { conditionFields, draftOf } from "./condition-fields.js";
import { TYPES } from "./words.js";

/**
 * One condition of the rule, being written.
 * @typedef {object} Card
 * @property {HTMLElement} item
 * @property {() => any} value
 * @property {() => boolean} isComplete
 * @property {(place: number, of: number) => void} setPlace
 * @property {(problems: string[]) => void} showProblems
 * @property {(problem: string) => boolean} isToldOf
 * @property {() => void} focus
 */

/**
 * @param {any} condition
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @param {{ changed: () => void, removed: () => void }} handlers
 * @returns {Card}
 */
export function conditionCard(condition, vocabulary, { changed, removed }) {
  let draft = condition === undefined ? draftOf("event_count") : structuredClone(condition);
  const title = element("h4", "");
  const fields = element("div", "fields");
  const problem = element("p", "reason");
  problem.id = newId("problem");
  problem.hidden = true;
  const type = select(TYPES, draft.type, (chosen) => {
    draft = draftOf(chosen);
    draw();
    changed();
  });
  const remove = button("Remove", removed);
  const item = element(
    "div",
    "rule-card",
    element("div", "rule-card-head", title, type, remove),
    fields,
    problem,
  );
  item.setAttribute("role", "group");

  function draw() {
    fields.replaceChildren(...conditionFields(draft, vocabulary, changed));
  }
  draw();

  return {
    item,
    value: () => draft,
    isComplete: () =>
      [...fields.querySelectorAll("input, textarea, select")].every((each) =>
        /** @type {HTMLInputElement} */ (each).checkValidity(),
      ),
    setPlace: (place, of) => {
      title.textContent = `Condition ${place}`;
      item.setAttribute("aria-label", `Condition ${place} of ${of}`);
      type.setAttribute("aria-label", `Kind of condition ${place}`);
      remove.setAttribute("aria-label", `Remove condition ${place}`);
      remove.hidden = of === 1;
    },
    showProblems: (problems) => {
      problem.hidden = problems.length === 0;
      problem.textContent = problems.map((text) => text.replace(/^conditions\.\d+\./, "")).join(" ");
      if (problems.length > 0) item.setAttribute("aria-describedby", problem.id);
      else item.removeAttribute("aria-describedby");
    },
    isToldOf: (text) => text !== "",
    focus: () => type.focus(),
  };
}
