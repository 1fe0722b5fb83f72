const whole = new Intl.NumberFormat("en");
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** @param {number} count */
export function number(count) {
  return whole.format(count);
}

/** `1 user`, `2 users`. @param {number} count @param {string} one */
export function counted(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** @param {string} iso */
export function localTime(iso) {
  return moment.format(new Date(iso));
}

/** How long ago, as an element whose title has the time itself. @param {string} iso */
export function ago(iso) {
  const shown = document.createElement("time");
  shown.dateTime = iso;
  shown.title = localTime(iso);
  shown.dataset.ago = "";
  shown.textContent = since(iso);
  return shown;
}

/** Time goes on, also for what stands on the page. */
setInterval(() => {
  for (const shown of document.querySelectorAll("time[data-ago]")) {
    shown.textContent = since(/** @type {HTMLTimeElement} */ (shown).dateTime);
  }
}, 10_000);

/** @param {string} iso */
function since(iso) {
  const ms = Date.parse(iso) - Date.now();
  const [unit, length] = UNITS.find(([, size]) => Math.abs(ms) >= size) ?? ["second", 1000];
  return Math.abs(ms) < 10_000 ? "just now" : relative.format(Math.round(ms / length), unit);
}

/** @param {string} iso */
export function clockTime(iso) {
  const date = new Date(iso);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const ms = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

/** A value in one line. @param {unknown} value */
export function inline(value) {
  if (value === null || value === undefined) return "not set";
  if (typeof value === "number" && !Number.isInteger(value)) return String(Math.round(value * 1000) / 1000);
  return typeof value === "string" ? value : JSON.stringify(value);
}
