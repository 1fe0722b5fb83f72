import { request } from "../shared/api.js";
import { element, newId } from "../shared/dom.js";

/**
 * What there is to choose from: names that events and traits had of late, and the other segments.
 * @typedef {object} Vocabulary
 * @property {string} events The id of a datalist.
 * @property {string} traits
 * @property {(eventType: string) => string} propertiesOf
 * @property {Record<string, string>} segments Names by id.
 * @property {HTMLElement[]} lists
 */

/** @param {string | undefined} ownId @param {AbortSignal} signal @returns {Promise<Vocabulary>} */
export async function readVocabulary(ownId, signal) {
  const { results: events } = await request("/local/events?limit=1000", { signal });
  const { results: segments } = await request("/local/segments/", { signal });
  /** @type {Map<string, Set<string>>} */
  const properties = new Map();
  for (const { event_type, payload } of events) {
    const names = properties.get(event_type) ?? new Set();
    for (const name of Object.keys(payload)) names.add(name);
    properties.set(event_type, names);
  }
  /** @type {HTMLElement[]} */
  const lists = [];
  const listOf = (/** @type {Iterable<string>} */ names) => {
    const options = [...names].sort().map((name) => {
      const option = element("option", "");
      option.value = name;
      return option;
    });
    const list = element("datalist", "", ...options);
    list.id = newId("names");
    lists.push(list);
    return list.id;
  };
  const byEvent = new Map([...properties].map(([type, names]) => [type, listOf(names)]));
  const others = segments.filter((/** @type {any} */ { id }) => id !== ownId);
  return {
    events: listOf(properties.keys()),
    traits: byEvent.get("context_identified") ?? listOf([]),
    propertiesOf: (eventType) => byEvent.get(eventType) ?? "",
    segments: Object.fromEntries(others.map((/** @type {any} */ { id, name }) => [id, name])),
    lists,
  };
}
