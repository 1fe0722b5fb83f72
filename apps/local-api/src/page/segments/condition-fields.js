import { element } from "../shared/dom.js";
import { checkbox, input, labelled, select } from "../shared/fields.js";
import { operandFields } from "./operand-fields.js";
import { sequenceFields } from "./sequence-fields.js";
import { MEMBERSHIP, METRICS, NUMERIC, PROPERTY, RECENCY } from "./words.js";

/** What a condition of each type is before anything is written. @type {Record<string, any>} */
const DRAFTS = {
  event_count: { event_type: "", operator: "gte", value: 1 },
  recency: { event_type: "", operator: "lt", window_days: 30 },
  monetary: { event_type: "", property: "", metric: "sum", operator: "gte", value: 100 },
  event_property: { event_type: "", property: "", operator: "eq", value: "" },
  user_property: { property: "", operator: "eq", value: "" },
  event_sequence: { events: ["", ""], window_days: 30 },
  segment_membership: { segment_id: "", operator: "in" },
};

/** @param {string} type */
export function draftOf(type) {
  return { type, ...structuredClone(DRAFTS[type]) };
}

/**
 * The controls of one condition, which write straight into it.
 * @param {any} draft
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @param {() => void} changed
 * @returns {HTMLElement[]}
 */
export function conditionFields(draft, vocabulary, changed) {
  const set = (/** @type {string} */ field, /** @type {unknown} */ value) => {
    draft[field] = value;
    changed();
  };
  const name = (/** @type {string} */ label, /** @type {string} */ field, /** @type {string} */ names) => {
    const control = input({ value: draft[field], required: true, maxLength: 1000 }, (text) =>
      set(field, text),
    );
    control.setAttribute("list", names);
    return labelled(label, control);
  };
  const figure = (/** @type {string} */ label, /** @type {string} */ field, isRequired = true, min = "") =>
    labelled(
      label,
      input(
        { type: "number", step: "any", value: String(draft[field] ?? ""), required: isRequired, min },
        (text) => set(field, text === "" ? undefined : Number(text)),
      ),
      "short",
    );
  const choice = (
    /** @type {string} */ label,
    /** @type {string} */ field,
    /** @type {Record<string, string>} */ options,
  ) =>
    labelled(
      label,
      select(options, draft[field], (value) => set(field, value)),
    );
  const event = () => {
    const created = name("Event", "event_type", vocabulary.events);
    created.addEventListener("change", () => {
      const property = created.parentElement?.querySelector("[data-properties]");
      property?.setAttribute("list", vocabulary.propertiesOf(draft.event_type));
    });
    return created;
  };
  const property = () => {
    const created = name("Property", "property", vocabulary.propertiesOf(draft.event_type));
    created.querySelector("input")?.setAttribute("data-properties", "");
    return created;
  };

  switch (draft.type) {
    case "event_count":
      return [
        event(),
        choice("Happened", "operator", NUMERIC),
        figure("Times", "value"),
        figure("In the last … days (optional)", "window_days", false, "0"),
      ];
    case "recency":
      return [
        event(),
        choice("Last happened", "operator", RECENCY),
        figure("Days ago", "window_days", true, "0"),
      ];
    case "monetary":
      return [
        choice("Figure", "metric", METRICS),
        event(),
        property(),
        choice("Is", "operator", NUMERIC),
        figure("Amount", "value"),
      ];
    case "event_property":
      return [event(), property(), ...operandFields(draft, PROPERTY, changed)];
    case "user_property":
      return [name("Trait", "property", vocabulary.traits), ...operandFields(draft, PROPERTY, changed)];
    case "event_sequence":
      return [
        ...sequenceFields(draft, vocabulary.events, changed),
        figure("Within the last … days", "window_days", true, "0"),
        checkbox("Directly after each other", draft.strict === true, (on) => set("strict", on || undefined)),
      ];
    default:
      return membershipFields(draft, vocabulary, choice, set);
  }
}

/**
 * @param {any} draft
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @param {(label: string, field: string, options: Record<string, string>) => HTMLElement} choice
 * @param {(field: string, value: unknown) => void} set
 */
function membershipFields(draft, { segments }, choice, set) {
  const chooser = select({ "": "Choose a segment", ...segments }, draft.segment_id, (id) =>
    set("segment_id", id),
  );
  chooser.required = true;
  const isAlone = Object.keys(segments).length === 0;
  const advice = element("p", "muted", "There is no other segment to refer to yet.");
  return [
    choice("The user is", "operator", MEMBERSHIP),
    labelled("Segment", chooser),
    ...(isAlone ? [advice] : []),
  ];
}
