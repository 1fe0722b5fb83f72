import { request } from "../shared/api.js";
import { copyButton } from "../shared/copy.js";
import { element } from "../shared/dom.js";

/** The statement that finds the members. @param {unknown} definition @param {AbortSignal} signal @returns {Promise<string>} */
export async function sqlOf(definition, signal) {
  const answer = await request("/local/segments/preview/", {
    method: "POST",
    body: { definition, limit: 1 },
    signal,
  });
  return answer.sql;
}

/** @param {string} sql */
export function sqlView(sql) {
  const block = element("pre", "code", sql);
  block.tabIndex = 0;
  block.setAttribute("role", "region");
  block.setAttribute("aria-label", "SQL");
  return element(
    "details",
    "sql",
    element("summary", "", "SQL"),
    copyButton("the SQL", () => sql),
    block,
  );
}
