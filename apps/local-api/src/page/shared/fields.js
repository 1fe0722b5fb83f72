import { element, newId } from "./dom.js";

/**
 * A control with its label above it.
 * @param {string} text
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control
 */
export function labelled(text, control, className = "") {
  if (control.id === "") control.id = newId("field");
  const label = element("label", "", text);
  label.htmlFor = control.id;
  return element("div", `field ${className}`.trim(), label, control);
}

/** @param {Partial<HTMLInputElement>} properties @param {(value: string) => void} onInput */
export function input(properties, onInput) {
  const created = element("input", "input");
  Object.assign(created, { autocomplete: "off", spellcheck: false }, properties);
  created.addEventListener("input", () => onInput(created.value));
  return created;
}

/** @param {Record<string, string>} options @param {string} value @param {(value: string) => void} onChange */
export function select(options, value, onChange) {
  const created = element("select", "input");
  for (const [each, text] of Object.entries(options)) {
    const option = element("option", "", text);
    option.value = each;
    created.append(option);
  }
  created.value = value;
  created.addEventListener("change", () => onChange(created.value));
  return created;
}

/** @param {string} text @param {boolean} checked @param {(checked: boolean) => void} onChange */
export function checkbox(text, checked, onChange) {
  const box = element("input", "");
  box.type = "checkbox";
  box.checked = checked;
  box.addEventListener("change", () => onChange(box.checked));
  return element("label", "check", box, element("span", "", text));
}
