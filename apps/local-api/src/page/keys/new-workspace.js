import { Problem, request } from "../shared/api.js";
import { copyButton } from "../shared/copy.js";
import { button, element, fill } from "../shared/dom.js";
import { useKey } from "../shared/key-form.js";
import { panel } from "../shared/page-head.js";

/** Makes a workspace of one's own, whose keys are told this once. */
export function newWorkspacePanel() {
  const place = element("div", "new-workspace");
  place.setAttribute("aria-live", "polite");
  const make = button("Make a workspace", async () => {
    try {
      fill(place, ...made(await request("/local/workspaces", { method: "POST" })));
    } catch (error) {
      fill(
        place,
        element("p", "reason", error instanceof Problem ? error.message : "The server does not answer."),
      );
    }
  });
  const lead =
    "Tests and colleagues that share this server see nothing of each other in workspaces of their own.";
  return panel("New workspace", element("p", "muted", lead), make, place);
}

/** @param {{ workspace: string, secret_key: string, public_key: string }} told */
function made({ workspace, secret_key, public_key }) {
  const line = (/** @type {string} */ name, /** @type {string} */ key) =>
    element(
      "div",
      "copyable",
      element("code", "", key),
      copyButton(`the ${name} key of ${workspace}`, () => key),
    );
  return [
    element(
      "p",
      "",
      element("strong", "", workspace),
      " is made. Copy its keys now: they are not told again.",
    ),
    line("secret", secret_key),
    line("public", public_key),
    button("Look at this workspace", () => useKey(secret_key)),
  ];
}
