import { byId } from "../shared/dom.js";

/** @typedef {{ good: number, bad: number, duplicates: number, distinct_users: number }} Counts */

const FIELDS = /** @type {const} */ (["good", "bad", "duplicates", "distinct_users"]);
const format = new Intl.NumberFormat("en");

/** @type {{ events: number, at: number } | undefined} */
let previous;

/** Shows the counters, and the rate since they were last shown. @param {Counts} counts */
export function showCounts(counts) {
  for (const field of FIELDS) byId(`count-${field}`).textContent = format.format(counts[field]);
  byId("count-bad").parentElement?.toggleAttribute("data-some", counts.bad > 0);
  const events = counts.good + counts.bad;
  const at = performance.now();
  if (previous !== undefined && events >= previous.events) {
    showRate(((events - previous.events) * 1000) / Math.max(at - previous.at, 1000));
  }
  previous = { events, at };
}

/** Counts come only when something arrives; after a while without any the rate is nought. */
setInterval(() => {
  if (previous !== undefined && performance.now() - previous.at > 2500) showRate(0);
}, 1000);

/** @param {number} rate */
function showRate(rate) {
  byId("rate").textContent = format.format(rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10);
}
