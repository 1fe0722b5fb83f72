import { getJson, nameOf, recentArrivals, userOf } from "./arrival.js";
import { showCounts } from "./counters.js";
import { hideDetail, showDetail } from "./detail.js";
import { byId, copy } from "./dom.js";
import { EventList } from "./event-list.js";
import { showSnippets } from "./snippets.js";
import { listen, showConnection } from "./stream.js";

/** How often a screen reader hears of new events, at most. */
const ANNOUNCEMENT_INTERVAL_MS = 5000;

let paused = false;
let skipped = 0;
let unannounced = 0;

const list = new EventList(
  (arrival) => showDetail(arrival, closeDetail),
  (waiting, kept) => {
    byId("pause").textContent = !paused ? "Pause" : waiting > 0 ? `Resume · ${waiting} new` : "Resume";
    byId("kept").textContent = String(kept);
    byId("no-match").hidden = kept === 0 || byId("events").childElementCount > 0;
    byId("events").hidden = !byId("no-match").hidden;
  },
);

/** @param {"true" | "false"} empty */
function setEmpty(empty) {
  byId("workspace").dataset.empty = empty;
}

function closeDetail() {
  hideDetail();
  list.deselect();
}

function clear() {
  list.clear();
  hideDetail();
  skipped = 0;
  byId("footnote").hidden = true;
  setEmpty("true");
}

function applyFilter() {
  const words = /** @type {HTMLInputElement} */ (byId("filter")).value
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  const kind = /** @type {HTMLInputElement | null} */ (document.querySelector("#kinds input:checked"))?.value;
  list.filter((arrival) => {
    if (kind === "good" ? arrival.kind !== "good" : kind === "bad" && arrival.kind === "good") return false;
    if (words.length === 0) return true;
    const { text, reason, message } = arrival;
    const hay = [nameOf(arrival), userOf(arrival), text, reason, message].join(" ").toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

/** Shows what was stored before, or while the stream was away. */
async function catchUp() {
  // A server that was started anew may have numbered its events anew.
  list.clear();
  const arrivals = await recentArrivals();
  list.add(arrivals);
  setEmpty(list.isEmpty ? "true" : "false");
}

/** @param {import("./arrival.js").Arrival[]} arrivals @param {number} missed */
function receive(arrivals, missed) {
  list.add(arrivals);
  setEmpty("false");
  unannounced += arrivals.length + missed;
  if (missed === 0) return;
  skipped += missed;
  byId("footnote").hidden = false;
  byId("footnote").textContent =
    `${skipped.toLocaleString("en")} events arrived too fast to be listed here. All of them are stored.`;
}

byId("filter").addEventListener("input", applyFilter);
byId("kinds").addEventListener("change", applyFilter);
byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  list.pause(paused);
});
byId("reset").addEventListener("click", async () => {
  if (!confirm("Delete every event that this server has stored?")) return;
  await fetch("/local/reset", { method: "POST" }).catch(() => showConnection("lost"));
});
byId("address").addEventListener("click", () => copy(byId("address-text").textContent ?? ""));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !byId("detail").hidden) closeDetail();
  if (event.key === "/" && document.activeElement?.tagName !== "INPUT") {
    event.preventDefault();
    byId("filter").focus();
  }
});
setInterval(() => {
  if (unannounced === 0) return;
  byId("announcement").textContent = `${unannounced} new ${unannounced === 1 ? "arrival" : "arrivals"}.`;
  unannounced = 0;
}, ANNOUNCEMENT_INTERVAL_MS);

listen({ opened: catchUp, counts: showCounts, arrivals: receive, reset: clear });
getJson("/local/info").then((info) => {
  byId("address-text").textContent = info.url;
  byId("address").hidden = false;
  showSnippets(info);
});
