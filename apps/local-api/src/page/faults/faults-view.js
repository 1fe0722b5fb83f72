import { Problem, request } from "../shared/api.js";
import { button, element } from "../shared/dom.js";
import { counted } from "../shared/format.js";
import { on } from "../shared/live.js";
import { pageHead, panel } from "../shared/page-head.js";
import { say } from "../shared/say.js";
import { load } from "../shared/states.js";
import { faultRow } from "./fault-row.js";
import { faultInWords, KINDS } from "./kinds.js";

/** Switches that make the server misbehave. @type {import("../page.js").View} */
export function faultsView(place, _params, signal) {
  const active = element("div", "");
  const switches = element("div", "");
  const change = async (/** @type {() => Promise<unknown>} */ work) => {
    try {
      await work();
    } catch (error) {
      say(error instanceof Problem ? error.message : "The server does not answer.");
    }
    if (!signal.aborted) await look();
  };
  const rows = KINDS.map((kind) => faultRow(kind, change));
  switches.append(element("ul", "fault-rows", ...rows.map(({ item }) => item)));

  const show = (/** @type {() => Promise<any[]>} */ ask) =>
    load(active, signal, ask, (faults) => {
      for (const row of rows) row.show(faults);
      return activeFaults(faults, change);
    });
  const look = () => show(async () => (await request("/local/faults", { signal })).results);

  place.append(
    pageHead({
      title: "Faults",
      lead: "Make this server misbehave, and see what your client does. A request meets the first fault that fits it; this page is spared.",
    }),
    element(
      "div",
      "columns-2 wide-left",
      element("div", "stack", panel("Switches", switches), panel("Session tokens", ...expireTokens(change))),
      panel("In effect", active),
    ),
  );
  look();
  on("faults", (faults) => show(async () => faults), signal);
  on("opened", look, signal);
}

/** @param {(work: () => Promise<unknown>) => Promise<void>} change */
function expireTokens(change) {
  const expire = button("Expire all tokens now", () =>
    change(async () => {
      await request("/local/faults", { method: "POST", body: { kind: "expire-tokens" } });
      say("Every session token minted so far is now answered 401.");
    }),
  );
  return [
    element("p", "muted", "Every token minted so far is answered 401, as if its 15 minutes were over."),
    expire,
  ];
}

/** @param {any[]} faults @param {(work: () => Promise<unknown>) => Promise<void>} change */
function activeFaults(faults, change) {
  if (faults.length === 0) return [element("p", "muted", "No fault is on: the server behaves.")];
  const items = faults.map(({ id, hits, fault }) => {
    const { title, details } = faultInWords(fault);
    const remove = button("Remove", () => change(() => request(`/local/faults/${id}`, { method: "DELETE" })));
    remove.setAttribute("aria-label", `Remove ${title}`);
    remove.dataset.key = `fault ${id}`;
    const words = element("div", "", element("strong", "", title), element("p", "muted", details));
    return element("li", "", words, element("span", "hits", counted(hits, "hit")), remove);
  });
  const all = button(
    "Remove all",
    () => change(() => request("/local/faults", { method: "DELETE" })),
    "danger",
  );
  all.dataset.key = "all";
  return [element("ol", "active-faults", ...items), all];
}
