import { Problem } from "./api.js";
import { button, element, fill } from "./dom.js";
import { keyForm } from "./key-form.js";

/**
 * Fills a place with what `work` finds. Until then, and when it fails, the place says so; what was there stays while
 * the server is away.
 * @param {HTMLElement} place
 * @param {AbortSignal} signal
 * @param {() => Promise<(Node | string)[]>} work
 */
export async function load(place, signal, work) {
  if (place.childElementCount === 0) place.append(loading());
  place.setAttribute("aria-busy", "true");
  try {
    const found = await work();
    if (!signal.aborted) fill(place, ...found);
  } catch (error) {
    if (signal.aborted) return;
    const isAway = !(error instanceof Problem);
    const isShown = place.querySelector(":scope > :not(.loading, .failure)") !== null;
    if (!isAway || !isShown)
      fill(
        place,
        failure(error, () => load(place, signal, work)),
      );
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

/** Whether a place says that what it is about could not be had. @param {Element} place */
export function hasFailed(place) {
  return place.querySelector(":scope > .failure") !== null;
}

function loading() {
  return element("p", "loading", "Loading…");
}

/** @param {unknown} error @param {() => void} again */
function failure(error, again) {
  if (!(error instanceof Problem)) {
    return element(
      "div",
      "failure",
      element("h3", "", "The server does not answer"),
      element("p", "", "This page looks again as soon as it is back."),
      button("Try now", again),
    );
  }
  if (error.status === 401 || error.status === 403) return keyForm(error.message);
  const title = error.status === 404 ? "Not found" : "That did not work";
  return element(
    "div",
    "failure",
    element("h3", "", title),
    element("p", "", error.message),
    button("Try again", again),
  );
}

/** @param {string} title @param {string} text @param {...Node} more */
export function emptyState(title, text, ...more) {
  return element("div", "nothing", element("h3", "", title), element("p", "", text), ...more);
}
