import { element } from "./dom.js";

/**
 * What a view begins with.
 * @param {{ title: string, lead?: string, back?: HTMLElement, actions?: HTMLElement[] }} parts
 */
export function pageHead({ title, lead = "", back, actions = [] }) {
  const words = element("div", "head-words");
  if (back !== undefined) words.append(back);
  words.append(element("h2", "", title));
  if (lead !== "") words.append(element("p", "lead", lead));
  const head = element("header", "page-head", words);
  if (actions.length > 0) head.append(element("div", "actions", ...actions));
  return head;
}

/** A part of a view with a heading of its own. @param {string} title @param {...(Node | string)} contents */
export function panel(title, ...contents) {
  return element("section", "panel", element("h3", "panel-title", title), ...contents);
}
