import { Problem, request } from "../shared/api.js";
import { element, fill, link } from "../shared/dom.js";
import { number } from "../shared/format.js";
import { panel } from "../shared/page-head.js";
import { href } from "../shared/router.js";
import { sqlView } from "./sql-view.js";

const TYPING_MS = 250;
const SAMPLE = 10;

/**
 * Counts who matches a rule while it is written.
 * @param {AbortSignal} signal
 * @param {(problems: string[]) => void} onProblems
 */
export function previewPanel(signal, onProblems) {
  const count = element("p", "preview-count");
  count.setAttribute("role", "status");
  const sample = element("div", "");
  const sql = element("div", "");
  let asked = 0;
  let sqlIsOf = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;

  /** @param {unknown} definition @param {boolean} isUnfinished */
  function show(definition, isUnfinished) {
    clearTimeout(typing);
    asked += 1;
    if (isUnfinished) {
      onProblems([]);
      say("Fill in the rule to see who matches.");
      return;
    }
    typing = setTimeout(() => ask(definition, asked), TYPING_MS);
  }

  /** @param {unknown} definition @param {number} turn */
  async function ask(definition, turn) {
    try {
      const body = { definition, limit: SAMPLE };
      const found = await request("/local/segments/preview/", { method: "POST", body, signal });
      if (turn === asked) showFound(found, JSON.stringify(definition));
    } catch (error) {
      if (signal.aborted || turn !== asked) return;
      if (!(error instanceof Problem)) return say("The server does not answer.");
      say("This rule cannot be computed yet.");
      onProblems(error.fields.definition ?? [error.message]);
    }
  }

  /** @param {any} found @param {string} definition */
  function showFound({ matched_users: matched, sample_user_ids: ids, sql: statement }, definition) {
    onProblems([]);
    const words = matched === 1 ? " user matches" : " users match";
    const text = `${number(matched)}${words}`;
    if (count.textContent !== text) fill(count, element("strong", "", number(matched)), words);
    const names = ids.map((/** @type {string} */ id) => {
      const name = link(href("users", id), id);
      name.dataset.key = id;
      return element("li", "", name);
    });
    const rest =
      matched > ids.length ? [element("p", "muted", `and ${number(matched - ids.length)} more`)] : [];
    fill(sample, element("ul", "sample", ...names), ...rest);
    if (definition === sqlIsOf) return;
    sqlIsOf = definition;
    const wasOpen = sql.querySelector("details")?.open === true;
    const view = sqlView(statement);
    view.open = wasOpen;
    fill(sql, view);
  }

  /** @param {string} text */
  function say(text) {
    if (count.textContent !== text) fill(count, text);
    fill(sample);
    fill(sql);
    sqlIsOf = "";
  }

  const created = panel("Preview", count, sample, sql);
  created.classList.add("preview");
  return { panel: created, show };
}
