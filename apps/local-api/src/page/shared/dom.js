/** The element with this id, which the page is known to have. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element with the id "${id}".`);
  return found;
}

/**
 * A new element with a class and children. Text goes in as text: nothing that a client sent is read as markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className, ...children) {
  const created = document.createElement(tag);
  if (className !== "") created.className = className;
  created.append(...children);
  return created;
}

/** @param {string} text @param {() => void} onClick */
export function button(text, onClick, className = "quiet") {
  const created = element("button", className, text);
  created.type = "button";
  created.addEventListener("click", onClick);
  return created;
}

/** @param {string} target @param {string} text */
export function link(target, text, className = "") {
  const created = element("a", className, text);
  created.href = target;
  return created;
}

let lastId = 0;

/** An id that nothing else on the page has. @param {string} stem */
export function newId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/**
 * Puts new contents in place of the old. Whatever had the focus keeps it, where its successor has the same `data-key`.
 * @param {Element} place
 * @param {...(Node | string)} contents
 */
export function fill(place, ...contents) {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && place.contains(focused) ? focused.dataset.key : undefined;
  place.replaceChildren(...contents);
  if (key === undefined) return;
  for (const heir of place.querySelectorAll("[data-key]")) {
    if (heir instanceof HTMLElement && heir.dataset.key === key) heir.focus();
  }
}

/** @param {Record<string, string | number | Node | null | undefined>} entries */
export function facts(entries) {
  const list = element("dl", "facts");
  for (const [name, value] of Object.entries(entries)) {
    if (value === null || value === undefined) continue;
    list.append(element("dt", "", name), element("dd", "", value instanceof Node ? value : String(value)));
  }
  return list;
}
