import { element, newId } from "./dom.js";

/**
 * Tabs as the ARIA pattern has them: arrow keys walk, Home and End jump.
 * @param {string} label
 * @param {Record<string, HTMLElement>} panels
 */
export function tabs(label, panels) {
  const list = element("div", "tabs");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", label);
  const all = Object.entries(panels).map(([name, panel]) => {
    const tab = element("button", "tab", name);
    tab.type = "button";
    tab.id = newId("tab");
    tab.setAttribute("role", "tab");
    panel.id = newId("panel");
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    list.append(tab);
    return { tab, panel };
  });
  const choose = (/** @type {number} */ chosen) => {
    for (const [index, { tab, panel }] of all.entries()) {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      panel.hidden = index !== chosen;
    }
  };
  for (const [index, { tab }] of all.entries()) tab.addEventListener("click", () => choose(index));
  list.addEventListener("keydown", (event) => {
    const at = all.findIndex(({ tab }) => tab === document.activeElement);
    const last = all.length - 1;
    /** @type {Record<string, number>} */
    const targets = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const next = targets[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    all[next]?.tab.focus();
  });
  choose(0);
  return element("div", "tabbed", list, ...all.map(({ panel }) => panel));
}
