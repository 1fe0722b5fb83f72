import { Problem, path, request } from "../shared/api.js";
import { button, element, link } from "../shared/dom.js";
import { input, labelled } from "../shared/fields.js";
import { lookAgainOn } from "../shared/live.js";
import { pageHead } from "../shared/page-head.js";
import { go, href } from "../shared/router.js";
import { say } from "../shared/say.js";
import { load } from "../shared/states.js";
import { conditionCard } from "./condition-card.js";
import { logicChoice } from "./logic-choice.js";
import { previewPanel } from "./preview.js";
import { readVocabulary } from "./vocabulary.js";

/** Makes a segment, or changes one, and counts who matches while the rule is written. */
export function builder(
  /** @type {HTMLElement} */ place,
  /** @type {string | undefined} */ id,
  /** @type {AbortSignal} */ signal,
) {
  const ask = async () => ({
    vocabulary: await readVocabulary(id, signal),
    segment: id === undefined ? undefined : await request(`/local${path("segments", id)}/`, { signal }),
  });
  load(place, signal, ask, ({ segment, vocabulary }) => form(segment, vocabulary, signal));
}

/** @param {any} segment @param {import("./vocabulary.js").Vocabulary} vocabulary @param {AbortSignal} signal */
function form(segment, vocabulary, signal) {
  let name = segment?.name ?? "";
  let description = segment?.description ?? "";
  let logic = segment?.definition.logic ?? "AND";
  const list = element("div", "rule-cards");
  const preview = previewPanel(signal, (problems) => showProblems(problems));
  const error = element("p", "reason");
  error.hidden = true;
  error.setAttribute("role", "alert");
  /** @type {import("./condition-card.js").Card[]} */
  let cards = [];

  const definition = () => ({ logic, conditions: cards.map((card) => card.value()) });
  const changed = () =>
    preview.show(
      definition(),
      cards.some((card) => !card.isComplete()),
    );

  /** @param {any} [condition] */
  function add(condition) {
    const card = conditionCard(condition, vocabulary, { changed, removed: () => remove(card) });
    cards.push(card);
    list.append(card.item);
    number();
    return card;
  }

  /** @param {import("./condition-card.js").Card} card */
  function remove(card) {
    const at = cards.indexOf(card);
    cards = cards.filter((each) => each !== card);
    card.item.remove();
    number();
    changed();
    (cards[at] ?? cards.at(-1))?.focus();
  }

  function number() {
    for (const [index, card] of cards.entries()) card.setPlace(index + 1, cards.length);
    choice.hidden = cards.length < 2;
  }

  /** @param {string[]} problems As the server words them: `conditions.0.value: …`. */
  function showProblems(problems) {
    const others = problems.filter((problem) => {
      const [, index, text] = /^conditions\.(\d+)\.?(.*)$/.exec(problem) ?? [];
      return index === undefined || cards[Number(index)]?.isToldOf(text ?? "") !== true;
    });
    for (const [index, card] of cards.entries()) {
      card.showProblems(problems.filter((problem) => problem.startsWith(`conditions.${index}.`)));
    }
    error.hidden = others.length === 0;
    error.textContent = others.join(" ");
  }

  async function save() {
    const body = { name, description, definition: definition() };
    try {
      const saved =
        segment === undefined
          ? await request("/local/segments/", { method: "POST", body, signal })
          : await request(`/local${path("segments", segment.id)}/`, { method: "PATCH", body, signal });
      say(`“${saved.name}” is saved.`);
      go("segments", saved.id);
    } catch (problem) {
      if (signal.aborted) return;
      const told = problem instanceof Problem ? problem : undefined;
      const { definition: rule = [], ...others } = told?.fields ?? {};
      const said =
        told === undefined
          ? ["The server does not answer. Nothing is saved."]
          : Object.entries(others).map(([field, why]) => `${field}: ${[why].flat().join(" ")}`);
      showProblems([
        ...rule,
        ...(rule.length + said.length === 0 && told !== undefined ? [told.message] : said),
      ]);
    }
  }

  const choice = logicChoice(logic, (chosen) => {
    logic = chosen;
    changed();
  });
  const target = segment === undefined ? href("segments") : href("segments", segment.id);
  const named = input(
    { value: name, required: true, maxLength: 200, placeholder: "Loyal customers" },
    (text) => {
      name = text;
    },
  );
  const described = input({ value: description, maxLength: 2000 }, (text) => {
    description = text;
  });
  const more = button("Add a condition", () => {
    add().focus();
    changed();
  });
  const fields = element(
    "form",
    "builder",
    element("div", "pair", labelled("Name", named), labelled("Description (optional)", described)),
    element("h3", "", "Users for whom"),
    choice,
    list,
    more,
    error,
    element(
      "div",
      "actions",
      element("button", "primary", segment === undefined ? "Save segment" : "Save changes"),
      link(target, "Cancel", "quiet"),
    ),
    ...vocabulary.lists,
  );
  fields.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  for (const condition of segment?.definition.conditions ?? [undefined]) add(condition);
  changed();
  lookAgainOn(["arrivals", "reset", "opened"], signal, async () => changed());
  const title = segment === undefined ? "New segment" : `Edit ${segment.name}`;
  return [
    pageHead({ title, back: link(target, "← Back", "back") }),
    element("div", "columns-2 wide-left", fields, preview.panel),
  ];
}
