import { element } from "../shared/dom.js";
import { input, labelled, select } from "../shared/fields.js";
import { kindOf, kindsFor, operandOf, shapeOf, textsOf } from "./operand.js";

/** @type {Record<string, string>} */
const KINDS = { text: "text", number: "number", boolean: "true or false", json: "JSON" };

/** A comparison with a value whose form follows the operator. @param {any} draft @param {Record<string, string>} operators @param {() => void} changed */
export function operandFields(draft, operators, changed) {
  const place = element("div", "operand");
  let kind = kindOf(draft.value);
  let texts = textsOf(draft.value, kind);
  const operator = select(operators, draft.operator, (chosen) => {
    draft.operator = chosen;
    if (texts.every((text) => text === "")) kind = kindsFor(chosen)[0] ?? "text";
    redraw();
  });

  function write() {
    const value = operandOf(draft.operator, kind, texts);
    if (value === undefined) delete draft.value;
    else draft.value = value;
    changed();
  }

  function redraw() {
    draw();
    write();
  }

  function draw() {
    const kinds = kindsFor(draft.operator);
    if (!kinds.includes(kind)) kind = kinds[0] ?? "text";
    const shape = shapeOf(draft.operator);
    const types = select(
      Object.fromEntries(kinds.map((each) => [each, KINDS[each] ?? each])),
      kind,
      (chosen) => {
        kind = /** @type {import("./operand.js").Kind} */ (chosen);
        texts = kind === "boolean" ? ["true"] : texts;
        redraw();
      },
    );
    const controls =
      shape === "none"
        ? []
        : shape === "range"
          ? [labelled("From", one(0)), labelled("To", one(1))]
          : [shape === "list" ? labelled("Values, one a line", many(), "wide") : labelled("Value", one(0))];
    place.replaceChildren(
      ...(shape !== "none" && kinds.length > 1 ? [labelled("Compare as", types, "short")] : []),
      ...controls,
    );
  }

  /** @param {number} index */
  function one(index) {
    if (kind === "boolean") {
      return select({ true: "true", false: "false" }, texts[index] ?? "true", (text) => put(index, text));
    }
    const isNumber = kind === "number";
    return input(
      { type: isNumber ? "number" : "text", step: "any", value: texts[index] ?? "", required: true },
      (text) => put(index, text),
    );
  }

  function many() {
    const area = element("textarea", "input");
    Object.assign(area, { rows: 3, value: texts.join("\n"), required: true, spellcheck: false });
    area.addEventListener("input", () => {
      texts = area.value.split("\n");
      write();
    });
    return area;
  }

  /** @param {number} index @param {string} text */
  function put(index, text) {
    texts[index] = text;
    write();
  }

  draw();
  return [labelled("Comparison", operator), place];
}
