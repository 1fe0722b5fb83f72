import { serverInfo, workspaceKey } from "../shared/access.js";
import { Problem } from "../shared/api.js";
import { button, byId, element } from "../shared/dom.js";
import { sendSamples } from "../shared/samples.js";
import { say } from "../shared/say.js";
import { snippetTabs } from "../shared/snippets.js";

let shownFor = "";

/** What to do while there is no event yet: send one from one's own code, or have some sent. */
export function showNewcomer() {
  const info = JSON.stringify([serverInfo(), workspaceKey()]);
  if (info === shownFor) return;
  shownFor = info;
  byId("snippets").replaceChildren(snippetTabs());
  byId("samples").replaceChildren(...(workspaceKey() === null ? [] : samples()));
}

function samples() {
  const send = button("Send sample events", async () => {
    send.disabled = true;
    await sendSamples().catch((error) =>
      say(error instanceof Problem ? error.message : "The server does not answer."),
    );
    send.disabled = false;
  });
  return [send, element("span", "", "Five people of a small shop, and one event that is refused.")];
}
