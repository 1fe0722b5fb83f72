import { setInfo } from "./access.js";
import { Problem, request } from "./api.js";
import { copy } from "./copy.js";
import { byId } from "./dom.js";
import { useKey } from "./key-form.js";
import { on } from "./live.js";
import { say } from "./say.js";
import { listen } from "./stream.js";

/** Connects to the server, shows whether it is heard, and asks for a key where it wants one. */
export async function startConnection() {
  byId("address").addEventListener("click", async () => {
    if (await copy(byId("address-text").textContent ?? "")) say("The address is copied.");
  });
  byId("lost-key").addEventListener("submit", (event) => {
    event.preventDefault();
    useKey(/** @type {HTMLInputElement} */ (byId("lost-key-text")).value.trim());
  });
  on("opened", readInfo);
  await readInfo();
  listen(showConnection);
}

async function readInfo() {
  try {
    const info = await request("/local/info");
    setInfo(info);
    byId("address-text").textContent = info.url;
    byId("address").hidden = false;
  } catch (error) {
    if (error instanceof Problem) return;
    showConnection("lost");
  }
}

/** @param {"live" | "lost" | "refused"} state */
function showConnection(state) {
  const shown = byId("connection");
  if (shown.dataset.state === state) return;
  shown.dataset.state = state;
  shown.textContent = { live: "Live", lost: "Reconnecting", refused: "No access" }[state];
  byId("lost").hidden = state !== "lost";
  byId("refused").hidden = state !== "refused";
}
