import { Problem } from "./api.js";
import { button, element, fill } from "./dom.js";
import { keyForm } from "./key-form.js";

/** Who asked last for each place. @type {WeakMap<HTMLElement, object>} */
const latest = new WeakMap();

/**
 * Asks, and fills a place with what is drawn of the answer. Until then, and when it fails, the place says so; what was
 * there stays while the server is away. When the same place is loaded again meanwhile, only the last answer is drawn.
 * @template Answer
 * @param {HTMLElement} place
 * @param {AbortSignal} signal
 * @param {() => Promise<Answer>} ask
 * @param {(answer: Answer) => (Node | string)[]} draw
 */
export async function load(place, signal, ask, draw) {
  if (place.childElementCount === 0) place.append(loading());
  place.setAttribute("aria-busy", "true");
  const turn = {};
  latest.set(place, turn);
  const isOver = () => signal.aborted || latest.get(place) !== turn;
  try {
    const answer = await ask();
    if (!isOver()) fill(place, ...draw(answer));
  } catch (error) {
    if (isOver()) return;
    const isAway = !(error instanceof Problem);
    const isShown = place.querySelector(":scope > :not(.loading, .failure)") !== null;
    if (!isAway || !isShown)
      fill(
        place,
        failure(error, () => load(place, signal, ask, draw)),
      );
  } finally {
    if (!isOver()) place.setAttribute("aria-busy", "false");
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
