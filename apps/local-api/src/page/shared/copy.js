import { button } from "./dom.js";

/**
 * A button that copies a text and says so.
 * @param {string} label
 * @param {() => string} text
 */
export function copyButton(label, text) {
  const created = button("Copy", async () => {
    created.textContent = (await copy(text())) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => {
      created.textContent = "Copy";
    }, 1500);
  });
  created.setAttribute("aria-label", `Copy ${label}`);
  return created;
}

/** @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
