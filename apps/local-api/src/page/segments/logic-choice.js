import { element, newId } from "../shared/dom.js";

/** Whether all conditions must hold, or one. @param {string} logic @param {(logic: string) => void} onChange */
export function logicChoice(logic, onChange) {
  const name = newId("logic");
  const options = Object.entries({ AND: "all of these hold", OR: "one or more of these hold" });
  const labels = options.map(([value, text]) => {
    const radio = element("input", "");
    Object.assign(radio, { type: "radio", name, value, checked: value === logic });
    radio.addEventListener("change", () => onChange(value));
    return element("label", "", radio, element("span", "", text));
  });
  return element(
    "fieldset",
    "kinds",
    element("legend", "visually-hidden", "How conditions combine"),
    ...labels,
  );
}
