import { element } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MAX_COLOURED = 50_000;

/** A value as indented, coloured JSON. @param {unknown} value @param {string} label @returns {HTMLPreElement} */
export function jsonView(value, label) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const view = element("pre", "code");
  view.tabIndex = 0;
  view.setAttribute("role", "region");
  view.setAttribute("aria-label", label);
  if (text.length > MAX_COLOURED) {
    view.textContent = text;
    return view;
  }
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon] = match;
    view.append(text.slice(end, match.index));
    if (string === undefined) view.append(element("span", "other", token));
    else view.append(element("span", colon === undefined ? "string" : "key", string), colon ?? "");
    end = match.index + token.length;
  }
  view.append(text.slice(end));
  return view;
}
