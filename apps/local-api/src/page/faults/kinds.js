/**
 * What a switch for a kind of fault says and asks.
 * @typedef {object} FaultKind
 * @property {string} kind
 * @property {string} title
 * @property {string} text
 * @property {Setting[]} settings
 */
/**
 * @typedef {object} Setting
 * @property {string} name
 * @property {string} label
 * @property {number | boolean | string} value
 * @property {Record<string, string>} [options]
 * @property {number} [min]
 * @property {number} [max]
 */

/** @type {Setting} */
const STORED = { name: "stored", label: "Store the events first", value: false };

/** @type {FaultKind[]} */
export const KINDS = [
  {
    kind: "error",
    title: "Error",
    text: "Answers with an error status.",
    settings: [{ name: "status", label: "Status", value: 503, min: 400, max: 599 }, STORED],
  },
  {
    kind: "rate-limit",
    title: "Rate limit",
    text: "Answers 429 with Retry-After.",
    settings: [
      { name: "seconds", label: "Seconds", value: 1, min: 0 },
      {
        name: "form",
        label: "Retry-After as",
        value: "seconds",
        options: { seconds: "seconds", date: "date" },
      },
    ],
  },
  {
    kind: "too-large",
    title: "Too large",
    text: "Answers 413 to larger bodies.",
    settings: [{ name: "bytes", label: "Bytes", value: 1000, min: 0 }],
  },
  { kind: "hang", title: "Hang", text: "Never answers.", settings: [STORED] },
  {
    kind: "slow",
    title: "Slow",
    text: "Answers late.",
    settings: [{ name: "ms", label: "Milliseconds", value: 2000, min: 0 }, STORED],
  },
  { kind: "reset", title: "Reset", text: "Cuts the connection without an answer.", settings: [STORED] },
  {
    kind: "accept-then-reset",
    title: "Accept, then reset",
    text: "Stores the events, then cuts the connection.",
    settings: [],
  },
];

/** The requests a fault may be for. @type {Record<string, string>} */
export const TARGETS = { any: "Everything", ingestion: "Ingestion", session: "Sessions" };

/** A fault in a few words. @param {any} fault */
export function faultInWords(fault) {
  const { kind, on, times, skip, stored } = fault;
  const known = KINDS.find((each) => each.kind === kind);
  const figure = {
    error: fault.status,
    "rate-limit": `${fault.seconds} s, as ${fault.form}`,
    "too-large": `over ${fault.bytes} bytes`,
    slow: `${fault.ms} ms`,
  };
  const details = [
    /** @type {Record<string, unknown>} */ (figure)[kind],
    stored ? "stored first" : undefined,
    skip > 0 ? `after ${skip}` : undefined,
    times === undefined ? undefined : `${times} in all`,
    fault.workspace === undefined ? undefined : `workspace ${fault.workspace}`,
  ].filter((each) => each !== undefined);
  return { title: `${known?.title ?? kind} · ${TARGETS[on] ?? on}`, details: details.join(", ") };
}
