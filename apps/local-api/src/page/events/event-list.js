import { byId, element } from "../shared/dom.js";
import { clockTime } from "../shared/format.js";
import { nameOf, userOf } from "./arrival.js";

/** @typedef {import("./arrival.js").Arrival} Arrival */

/** The most rows on the page, and the most arrivals that the filter looks through. */
const MAX_ROWS = 200;
const MAX_KEPT = 1000;

/** So many arrivals in one step are a flood, and the next step comes no sooner than this. */
const FLOOD = 50;
const FLOOD_REST_MS = 400;

/** The list of arrivals: newest first, drawn at most once a frame, whatever the rate. */
export class EventList {
  /** @type {Arrival[]} Oldest first. */
  #kept = [];
  /** @type {Arrival[]} Not drawn yet, oldest first. */
  #waiting = [];
  /** @type {Set<number>} */
  #ids = new Set();
  /** @type {WeakMap<Element, Arrival>} */
  #arrivals = new WeakMap();
  #rows = byId("events");
  #scheduled = false;
  #restMs = 0;
  #paused = false;
  /** @type {(arrival: Arrival) => boolean} */
  #matches = () => true;
  /** @type {Element | null} */
  #current = null;
  /** @type {Arrival | undefined} */
  #selected;

  /**
   * @param {(arrival: Arrival) => void} onSelect
   * @param {(waiting: number, kept: number) => void} onDraw
   */
  constructor(onSelect, onDraw) {
    this.onSelect = onSelect;
    this.onDraw = onDraw;
    this.#rows.addEventListener("click", (event) => this.#select(rowOf(event.target)));
    this.#rows.addEventListener("keydown", (event) => this.#move(event));
  }

  /** @param {Arrival[]} arrivals Oldest first. Those already in the list are left out. */
  add(arrivals) {
    for (const arrival of arrivals) {
      if (arrival.id !== undefined && this.#ids.has(arrival.id)) continue;
      if (arrival.id !== undefined) this.#ids.add(arrival.id);
      this.#waiting.push(arrival);
    }
    if (this.#waiting.length > MAX_KEPT) this.#waiting.splice(0, this.#waiting.length - MAX_KEPT);
    this.#schedule();
  }

  /** @param {(arrival: Arrival) => boolean} matches */
  filter(matches) {
    this.#matches = matches;
    this.#redraw();
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.#paused = paused;
    this.#schedule();
  }

  get isEmpty() {
    return this.#kept.length + this.#waiting.length === 0;
  }

  clear() {
    this.#kept = [];
    this.#waiting = [];
    this.#ids.clear();
    this.#redraw();
  }

  deselect() {
    this.#current?.removeAttribute("aria-current");
    if (this.#current instanceof HTMLElement) this.#current.focus();
    this.#current = null;
    this.#selected = undefined;
  }

  /** A flood is drawn in fewer, larger steps, so that the page stays quick to the hand. */
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const draw = () => requestAnimationFrame(() => this.#draw());
    if (this.#restMs === 0) draw();
    else setTimeout(draw, this.#restMs);
  }

  #draw() {
    this.#scheduled = false;
    this.#restMs = 0;
    if (!this.#paused) {
      const fresh = this.#waiting;
      this.#restMs = fresh.length < FLOOD ? 0 : FLOOD_REST_MS;
      this.#waiting = [];
      const isLate = fresh.some(({ received_at }) => received_at < (this.#kept.at(-1)?.received_at ?? ""));
      this.#kept.push(...fresh);
      if (isLate) this.#kept.sort(inOrder);
      for (const { id } of this.#kept.splice(0, Math.max(0, this.#kept.length - MAX_KEPT))) {
        if (id !== undefined) this.#ids.delete(id);
      }
      if (isLate) this.#rows.replaceChildren();
      this.#rows.prepend(...this.#rowsOf(isLate ? this.#kept : fresh));
      while (this.#rows.childElementCount > MAX_ROWS) this.#rows.lastElementChild?.remove();
    }
    this.onDraw(this.#waiting.length, this.#kept.length);
  }

  #redraw() {
    this.#rows.replaceChildren(...this.#rowsOf(this.#kept));
    this.#schedule();
  }

  /** The rows of those that match, newest first. @param {Arrival[]} arrivals */
  #rowsOf(arrivals) {
    const matching = arrivals.filter(this.#matches).slice(-MAX_ROWS).reverse();
    return matching.map((arrival) => this.#row(arrival));
  }

  /** @param {Arrival} arrival */
  #row(arrival) {
    const good = arrival.kind === "good";
    const label = arrival.kind === "refused" ? String(arrival.status) : (arrival.reason ?? "");
    const name = element("span", "name", nameOf(arrival));
    if (!good) name.prepend(element("span", "tag", label));
    const row = element(
      "button",
      "row",
      element("span", "time", clockTime(arrival.received_at)),
      name,
      element("span", "user", userOf(arrival)),
      element("span", "text", good ? (arrival.text ?? "") : problemOf(arrival)),
    );
    row.type = "button";
    row.dataset.kind = arrival.kind;
    this.#arrivals.set(row, arrival);
    if (arrival === this.#selected) this.#mark(row);
    return element("li", "", row);
  }

  /** @param {Element | null} row */
  #select(row) {
    const arrival = row === null ? undefined : this.#arrivals.get(row);
    if (row === null || arrival === undefined) return;
    this.#selected = arrival;
    this.#mark(row);
    this.onSelect(arrival);
  }

  /** @param {Element} row */
  #mark(row) {
    this.#current?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    this.#current = row;
  }

  /** Arrow keys walk through the rows. @param {KeyboardEvent} event */
  #move(event) {
    const item = rowOf(event.target)?.parentElement;
    const next = event.key === "ArrowDown" ? item?.nextElementSibling : item?.previousElementSibling;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const row = next?.firstElementChild;
    if (row instanceof HTMLElement) row.focus();
  }
}

/** @param {Arrival} a @param {Arrival} b */
function inOrder(a, b) {
  if (a.received_at !== b.received_at) return a.received_at < b.received_at ? -1 : 1;
  return (a.id ?? 0) - (b.id ?? 0);
}

/** @param {Arrival} arrival */
function problemOf(arrival) {
  return arrival.field ? `${arrival.field}: ${arrival.message}` : (arrival.message ?? "");
}

/** @param {EventTarget | null} target */
function rowOf(target) {
  return target instanceof Element ? target.closest(".row") : null;
}
