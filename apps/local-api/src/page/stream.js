import { byId } from "./dom.js";

/** How long to wait before asking anew for a stream that the server refused, which the browser does not do. */
const RETRY_MS = 2000;

const LOST = "The server does not answer.";
const LOST_ADVICE =
  "Events that arrive meanwhile appear here once it is back; this page tries every few seconds.";
const FOREIGN = "This page may not read what the server has received.";
const FOREIGN_ADVICE = "Open it on the machine that the server runs on, as localhost or 127.0.0.1.";

/**
 * Listens to the server for as long as the page lives, and shows whether it is heard.
 * @param {{
 *   opened: () => Promise<void>,
 *   counts: (counts: import("./counters.js").Counts) => void,
 *   arrivals: (arrivals: import("./arrival.js").Arrival[], skipped: number) => void,
 *   reset: () => void,
 * }} handlers
 */
export function listen(handlers) {
  const stream = new EventSource("/local/stream");
  stream.addEventListener("open", () => {
    showConnection("live");
    handlers.opened().catch(() => showConnection("lost"));
  });
  stream.addEventListener("error", () => {
    showConnection("lost");
    if (stream.readyState !== EventSource.CLOSED) return;
    explain();
    setTimeout(() => listen(handlers), RETRY_MS);
  });
  stream.addEventListener("counts", ({ data }) => handlers.counts(JSON.parse(data)));
  stream.addEventListener("reset", handlers.reset);
  stream.addEventListener("arrivals", ({ data }) => {
    const { arrivals, skipped } = JSON.parse(data);
    handlers.arrivals(arrivals, skipped);
  });
}

/** @param {"live" | "lost"} state */
export function showConnection(state) {
  const shown = byId("connection");
  shown.dataset.state = state;
  shown.textContent = state === "live" ? "Live" : "Reconnecting";
  byId("lost").hidden = state === "live";
  tell(LOST, LOST_ADVICE);
}

/** An EventSource does not say why it was refused; a plain request does. */
async function explain() {
  const response = await fetch("/local/counts").catch(() => undefined);
  if (response?.status === 401 || response?.status === 403) tell(FOREIGN, FOREIGN_ADVICE);
}

/** @param {string} title @param {string} advice */
function tell(title, advice) {
  byId("lost-title").textContent = title;
  byId("lost-text").textContent = advice;
}
