import { Problem, request } from "../shared/api.js";
import { confirmed } from "../shared/dialog.js";
import { byId } from "../shared/dom.js";
import { number } from "../shared/format.js";
import { on } from "../shared/live.js";
import { say } from "../shared/say.js";
import { nameOf, recentArrivals, userOf } from "./arrival.js";
import { showCounts } from "./counters.js";
import { hideDetail, showDetail } from "./detail.js";
import { EventList } from "./event-list.js";
import { showNewcomer } from "./newcomer.js";

/** How often a screen reader hears of new events, at most. */
const ANNOUNCEMENT_INTERVAL_MS = 5000;

let paused = false;
let skipped = 0;
let unannounced = 0;
/** What came while the page was catching up. @type {import("./arrival.js").Arrival[] | undefined} */
let meanwhile;

const view = byId("events-view");
const list = new EventList(
  (arrival) => showDetail(arrival, closeDetail),
  (waiting, kept) => {
    byId("pause").textContent = !paused ? "Pause" : waiting > 0 ? `Resume · ${waiting} new` : "Resume";
    byId("kept").textContent = String(kept);
    byId("no-match").hidden = kept === 0 || byId("events").childElementCount > 0;
    byId("events").hidden = !byId("no-match").hidden;
  },
);

/** Events are listened to from the start, whichever view is shown. */
export function startEvents() {
  on("opened", catchUp);
  on("counts", showCounts);
  on("arrivals", ({ arrivals, skipped: missed }) => receive(arrivals, missed));
  on("reset", startOver);
  byId("filter").addEventListener("input", applyFilter);
  byId("kinds").addEventListener("change", applyFilter);
  byId("pause").addEventListener("click", togglePause);
  byId("reset").addEventListener("click", deleteAll);
  document.addEventListener("keydown", onKey);
  setInterval(() => {
    if (unannounced === 0 || view.hidden) return;
    byId("announcement").textContent = `${unannounced} new ${unannounced === 1 ? "arrival" : "arrivals"}.`;
    unannounced = 0;
  }, ANNOUNCEMENT_INTERVAL_MS);
}

/** @param {boolean} empty */
function setEmpty(empty) {
  if (empty) showNewcomer();
  byId("workspace").dataset.empty = String(empty);
  byId("reset").hidden = empty;
}

function closeDetail() {
  hideDetail();
  list.deselect();
}

/** Looks again, as events were deleted: all of them, or those of one workspace. */
function startOver() {
  hideDetail();
  skipped = 0;
  byId("footnote").hidden = true;
  return catchUp();
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
  /** @type {import("./arrival.js").Arrival[]} */
  const fresh = [];
  meanwhile = fresh;
  const stored = await recentArrivals().catch(() => undefined);
  // Whoever looks again meanwhile sees more.
  if (meanwhile !== fresh) return;
  meanwhile = undefined;
  if (stored === undefined) return;
  // A server that was started anew may have numbered its events anew.
  list.clear();
  list.add([...stored, ...fresh]);
  setEmpty(list.isEmpty);
}

/** @param {import("./arrival.js").Arrival[]} arrivals @param {number} missed */
function receive(arrivals, missed) {
  meanwhile?.push(...arrivals);
  list.add(arrivals);
  setEmpty(false);
  unannounced += arrivals.length + missed;
  if (missed === 0) return;
  skipped += missed;
  byId("footnote").hidden = false;
  byId("footnote").textContent =
    `${number(skipped)} events arrived too fast to be listed here. All of them are stored.`;
}

function togglePause() {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  list.pause(paused);
}

async function deleteAll() {
  const isSure = await confirmed({
    title: "Clear all events?",
    text: "Every event that this server has stored is deleted, of every user. Segments keep their rules.",
    action: "Clear events",
  });
  if (!isSure) return;
  try {
    await request("/local/reset", { method: "POST" });
    say("All events are cleared.");
  } catch (error) {
    say(error instanceof Problem ? error.message : "The server does not answer. Nothing was cleared.");
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (view.hidden || document.querySelector("dialog[open]") !== null) return;
  if (event.key === "Escape" && !byId("detail").hidden) closeDetail();
  if (event.key === "/" && !(document.activeElement instanceof HTMLInputElement)) {
    event.preventDefault();
    byId("filter").focus();
  }
}
