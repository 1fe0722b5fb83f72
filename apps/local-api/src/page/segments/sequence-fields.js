import { button, element } from "../shared/dom.js";
import { input, labelled } from "../shared/fields.js";

const MOST_STEPS = 20;

/** The steps of a sequence, in their order. @param {any} draft @param {string} names @param {() => void} changed */
export function sequenceFields(draft, names, changed) {
  const place = element("div", "steps");

  function draw() {
    const steps = draft.events.map((/** @type {string} */ event, /** @type {number} */ index) => {
      const control = input({ value: event, required: true, maxLength: 1000 }, (text) => {
        draft.events[index] = text;
        changed();
      });
      control.setAttribute("list", names);
      const remove = button("Remove", () => edit(draft.events.toSpliced(index, 1)));
      remove.setAttribute("aria-label", `Remove step ${index + 1}`);
      remove.hidden = draft.events.length === 1;
      return element("div", "inline step", labelled(`Step ${index + 1}`, control), remove);
    });
    const add = button("Add a step", () => {
      edit([...draft.events, ""]);
      [...place.querySelectorAll("input")].at(-1)?.focus();
    });
    add.disabled = draft.events.length >= MOST_STEPS;
    place.replaceChildren(...steps, add);
  }

  /** @param {string[]} events */
  function edit(events) {
    draft.events = events;
    draw();
    changed();
  }

  draw();
  return [place];
}
