import { startEvents } from "./events/events-view.js";
import { showFaultCount } from "./faults/fault-count.js";
import { faultsView } from "./faults/faults-view.js";
import { keysView } from "./keys/keys-view.js";
import { segmentsView } from "./segments/segments-view.js";
import { startConnection } from "./shared/connection.js";
import { byId } from "./shared/dom.js";
import { on } from "./shared/live.js";
import { currentRoute } from "./shared/router.js";
import { usersView } from "./users/users-view.js";

/** @typedef {(place: HTMLElement, params: string[], signal: AbortSignal) => void} View */

/** @type {Record<string, { title: string, show?: View }>} */
const VIEWS = {
  events: { title: "Events" },
  users: { title: "Users", show: usersView },
  segments: { title: "Segments", show: segmentsView },
  keys: { title: "Keys", show: keysView },
  faults: { title: "Faults", show: faultsView },
};

const main = byId("main");
const place = byId("view");
let leaving = new AbortController();

/** Shows the view that the address names; everything that belonged to the last one ends. */
function showView() {
  leaving.abort();
  leaving = new AbortController();
  const [name = "events", ...params] = currentRoute().parts;
  const known = Object.hasOwn(VIEWS, name) ? name : "events";
  const view = VIEWS[known];
  document.title = `${view?.title} · SegOps local API`;
  for (const link of document.querySelectorAll("#views a")) {
    const isCurrent = link.getAttribute("href") === `#/${known}`;
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  byId("events-view").hidden = view?.show !== undefined;
  place.hidden = view?.show === undefined;
  place.replaceChildren();
  place.scrollTop = 0;
  view?.show?.(place, params, leaving.signal);
}

window.addEventListener("hashchange", () => {
  showView();
  if (!main.contains(document.activeElement)) main.focus();
});
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
on("key", showView);
on("faults", showFaultCount);
startEvents();
await startConnection();
showView();
