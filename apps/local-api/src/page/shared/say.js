import { byId } from "./dom.js";

/** Says to everybody, a screen reader's listener too, what was just done. @param {string} text */
export function say(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.dataset.shown = "";
  clearTimeout(timer);
  timer = setTimeout(() => delete toast.dataset.shown, 4000);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
