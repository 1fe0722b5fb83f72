import { request } from "../shared/api.js";

/**
 * One line of the list, whichever way it came: from the stream or from the stored events.
 * @typedef {object} Arrival
 * @property {"good" | "bad" | "refused"} kind
 * @property {number} [id]
 * @property {string} received_at
 * @property {string} [event_type]
 * @property {string} [user_id]
 * @property {string} [reason]
 * @property {string | null} [field]
 * @property {string} [message]
 * @property {string} [text]
 * @property {number} [status]
 * @property {string} [method]
 * @property {string} [path]
 */

/** What the events stored before this page was opened look like in the list. @returns {Promise<Arrival[]>} */
export async function recentArrivals() {
  const [good, bad] = await Promise.all([request("/local/events?limit=150"), request("/local/bad?limit=50")]);
  /** @type {Arrival[]} */
  const arrivals = [
    ...good.results.map((/** @type {any} */ event) => ({
      ...event,
      kind: "good",
      text: JSON.stringify(event.payload).slice(0, 2000),
    })),
    ...bad.results.map((/** @type {any} */ event) => ({
      ...event,
      kind: "bad",
      text: JSON.stringify(event.received).slice(0, 2000),
    })),
  ];
  return arrivals.sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}

/** The whole of a stored event. @param {Arrival} arrival @returns {Promise<any>} */
export function storedEvent(arrival) {
  return request(`/local/${arrival.kind === "good" ? "events" : "bad"}/${arrival.id}`);
}

/** What the list shows as the name. @param {Arrival} arrival */
export function nameOf(arrival) {
  if (arrival.kind === "refused") return `${arrival.method} ${arrival.path}`;
  if (arrival.kind === "good") return arrival.event_type ?? "";
  return guess(arrival, "event_type") ?? "(no event type)";
}

/** @param {Arrival} arrival */
export function userOf(arrival) {
  return arrival.user_id ?? guess(arrival, "user_id") ?? "";
}

/** What a refused event says of itself, if that can be read. @param {Arrival} arrival @param {string} field */
function guess(arrival, field) {
  if (arrival.kind !== "bad") return undefined;
  try {
    const value = JSON.parse(arrival.text ?? "")[field];
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch {
    return undefined;
  }
}
