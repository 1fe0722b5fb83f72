import { enteredKey, serverInfo } from "../shared/access.js";
import { request } from "../shared/api.js";
import { copyButton } from "../shared/copy.js";
import { button, element, fill } from "../shared/dom.js";
import { keyForm, useKey } from "../shared/key-form.js";
import { on } from "../shared/live.js";
import { pageHead, panel } from "../shared/page-head.js";
import { snippetTabs } from "../shared/snippets.js";
import { load } from "../shared/states.js";
import { keyCard } from "./key-card.js";
import { newWorkspacePanel } from "./new-workspace.js";

/** The address, the keys and what each may do, with code to try them. @type {import("../page.js").View} */
export function keysView(place, _params, signal) {
  const { url } = serverInfo();
  const list = element("div", "");
  const snippets = element("div", "");
  place.append(
    pageHead({
      title: "Keys",
      lead: "What a client needs: the address, and the key for the place that it runs in.",
    }),
    element(
      "div",
      "columns-2",
      element(
        "div",
        "stack",
        panel(
          "Address",
          element(
            "div",
            "copyable",
            element("code", "", url),
            copyButton("the address of the server", () => url),
          ),
        ),
        list,
      ),
      element("div", "stack", panel("Send an event", snippets), workspacePanel(), newWorkspacePanel()),
    ),
  );
  const ask = () => request("/local/keys", { signal });
  const look = () =>
    load(list, signal, ask, ({ results }) => {
      fill(snippets, snippetTabs());
      if (results.length === 0)
        return [
          panel(
            "Keys",
            element(
              "p",
              "muted",
              "The keys of a workspace that was made on demand are told once, when it is made.",
            ),
          ),
        ];
      return [element("ul", "keys", ...results.map(keyCard))];
    });
  look();
  on("opened", look, signal);
}

/** Which workspace this tab shows. */
function workspacePanel() {
  if (enteredKey() !== null) {
    return panel(
      "Workspace of this tab",
      element("p", "muted", "A key was given: this tab shows its workspace and no other."),
      button("Forget the key", () => useKey(null)),
    );
  }
  const form = keyForm("");
  form.className = "";
  form.querySelector("h3")?.remove();
  form.querySelector("p")?.classList.add("muted");
  return panel("Look at one workspace", form);
}
