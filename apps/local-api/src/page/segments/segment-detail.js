import { Problem, path, request } from "../shared/api.js";
import { confirmed } from "../shared/dialog.js";
import { button, element, facts, fill, link } from "../shared/dom.js";
import { ago, number } from "../shared/format.js";
import { lookAgainOn } from "../shared/live.js";
import { pageHead, panel } from "../shared/page-head.js";
import { go, href } from "../shared/router.js";
import { say } from "../shared/say.js";
import { hasFailed, load } from "../shared/states.js";
import { explainForm } from "./explain-form.js";
import { membersPanel } from "./members.js";
import { sqlOf, sqlView } from "./sql-view.js";
import { versions } from "./versions.js";
import { inWords } from "./words.js";

/** One segment: its rule, who is in it, and why. */
export function segmentDetail(
  /** @type {HTMLElement} */ place,
  /** @type {string} */ id,
  /** @type {AbortSignal} */ signal,
) {
  const head = element("div", "");
  const rule = element("div", "");
  const members = membersPanel(id, signal);
  const sql = element("div", "");
  const back = link(href("segments"), "← Segments", "back");
  const parts = element(
    "div",
    "columns-2",
    members.panel,
    element(
      "div",
      "stack",
      panel("Rule", rule, sql, versions(id, signal)),
      panel("Explain a user", explainForm(id, signal)),
    ),
  );
  parts.hidden = true;
  place.append(head, parts);
  let shownSql = "";

  const ask = async () => ({
    segment: await request(`/local${path("segments", id)}/`, { signal }),
    all: await request("/local/segments/", { signal }),
  });
  const look = async () => {
    await load(head, signal, ask, ({ segment, all }) => {
      fill(rule, ...ruleOf(segment.definition, all.results));
      const definition = JSON.stringify(segment.definition);
      if (definition !== shownSql) {
        shownSql = definition;
        sqlOf(segment.definition, signal).then(
          (text) => fill(sql, sqlView(text)),
          () => fill(sql),
        );
      }
      return [
        pageHead({ title: segment.name, lead: segment.description, back, actions: actions(segment) }),
        element(
          "div",
          "summary",
          facts({
            Members: number(segment.member_count),
            Computed: segment.last_computed_at === null ? "never" : ago(segment.last_computed_at),
            Version: segment.version,
          }),
        ),
      ];
    });
    parts.hidden = hasFailed(head);
  };

  /** @param {any} segment */
  function actions(segment) {
    const edit = link(href("segments", id, "edit"), "Edit", "quiet");
    const compute = button("Compute now", () =>
      act(
        () => request(`/local${path("segments", id)}/compute/`, { method: "POST" }),
        "The segment is computed.",
      ),
    );
    const remove = button("Delete", () => deleteSegment(segment));
    for (const [key, each] of Object.entries({ edit, compute, remove })) each.dataset.key = key;
    return [edit, compute, remove];
  }

  /** @param {any} segment */
  async function deleteSegment({ name }) {
    const isSure = await confirmed({
      title: `Delete “${name}”?`,
      text: "The rule, its versions and its membership are gone. The events stay.",
      action: "Delete segment",
    });
    if (!isSure) return;
    const done = await act(
      () => request(`/local${path("segments", id)}/`, { method: "DELETE" }),
      "The segment is deleted.",
    );
    if (done) go("segments");
  }

  /** @param {() => Promise<unknown>} work @param {string} done */
  async function act(work, done) {
    try {
      await work();
      say(done);
      if (!signal.aborted && done.includes("computed")) lookAtAll();
      return true;
    } catch (error) {
      say(error instanceof Problem ? error.message : "The server does not answer.");
      return false;
    }
  }

  const lookAtAll = () => Promise.all([look(), members.look()]);
  lookAtAll();
  lookAgainOn(["opened", "segments", "reset"], signal, lookAtAll);
}

/** @param {any} definition @param {any[]} segments */
function ruleOf({ logic, conditions }, segments) {
  const nameOf = (/** @type {string} */ id) => segments.find((each) => each.id === id)?.name ?? id;
  const lead =
    conditions.length === 1
      ? "Users for whom this holds:"
      : `Users for whom ${logic === "AND" ? "all" : "one or more"} of these hold:`;
  const items = conditions.map((/** @type {any} */ each) => element("li", "", inWords(each, nameOf)));
  return [element("p", "muted", lead), element("ol", "rule-list", ...items)];
}
