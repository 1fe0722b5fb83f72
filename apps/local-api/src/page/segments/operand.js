/** How the value of a comparison is written in the form, and what it is in the definition. */

/** @typedef {"text" | "number" | "boolean" | "json"} Kind */

const WITHOUT = ["is_set", "is_not_set", "is_true", "is_false"];
const RANGES = ["between", "not_between"];
const LISTS = ["in", "not_in"];
const EQUAL = ["eq", "neq"];
const ORDERED = ["gt", "gte", "lt", "lte", ...RANGES];

/** @param {string} operator @returns {"none" | "range" | "list" | "one"} */
export function shapeOf(operator) {
  if (WITHOUT.includes(operator)) return "none";
  if (RANGES.includes(operator)) return "range";
  return LISTS.includes(operator) ? "list" : "one";
}

/** @param {string} operator @returns {Kind[]} */
export function kindsFor(operator) {
  if (EQUAL.includes(operator)) return ["text", "number", "boolean"];
  if (ORDERED.includes(operator)) return ["number", "text"];
  return LISTS.includes(operator) ? ["text", "number", "json"] : ["text"];
}

/** @param {unknown} value @returns {Kind} */
export function kindOf(value) {
  const kinds = new Set([value].flat().map((each) => typeof each));
  if (kinds.size > 1 || (Array.isArray(value) && kinds.has("boolean"))) return "json";
  if (kinds.has("number")) return "number";
  return kinds.has("boolean") ? "boolean" : "text";
}

/** @param {unknown} value @param {Kind} kind @returns {string[]} */
export function textsOf(value, kind) {
  if (value === undefined) return [];
  return [value].flat().map((each) => (kind === "json" ? JSON.stringify(each) : String(each)));
}

/** What stands in the definition; undefined where nothing sensible is written yet. @param {string} operator @param {Kind} kind @param {string[]} texts */
export function operandOf(operator, kind, texts) {
  const shape = shapeOf(operator);
  if (shape === "none") return undefined;
  if (shape === "one") return parsed(texts[0] ?? "", kind);
  const written =
    shape === "range" ? [texts[0] ?? "", texts[1] ?? ""] : texts.filter((text) => text.trim() !== "");
  return written.map((text) => parsed(text, kind));
}

/** @param {string} text @param {Kind} kind */
function parsed(text, kind) {
  if (kind === "text") return text;
  if (kind === "boolean") return text === "true";
  if (kind === "number") return text.trim() === "" ? undefined : Number(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
