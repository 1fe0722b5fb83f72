import { request } from "../shared/api.js";
import { element } from "../shared/dom.js";
import { checkbox, input, labelled, select } from "../shared/fields.js";
import { counted } from "../shared/format.js";
import { TARGETS } from "./kinds.js";

/**
 * One kind of fault: what it does, its settings, and a switch for each target.
 * @param {import("./kinds.js").FaultKind} kind
 * @param {(work: () => Promise<unknown>) => Promise<void>} change
 */
export function faultRow({ kind, title, text, settings }, change) {
  /** @type {Record<string, unknown>} */
  const chosen = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
  const times = { name: "times", label: "Times", value: "", min: 1 };
  const isSwitch = (/** @type {import("./kinds.js").Setting} */ { value }) => typeof value === "boolean";
  const ordered = [...settings.filter((each) => !isSwitch(each)), times, ...settings.filter(isSwitch)];
  const controls = ordered.map((setting) => settingControl(setting, chosen));
  /** @type {any[]} */
  let own = [];
  const switches = Object.entries(TARGETS).map(([target, name]) => {
    const shown = element("span", "hits");
    const toggle = element("button", "switch", element("span", "knob"), element("span", "", name), shown);
    toggle.type = "button";
    toggle.setAttribute("role", "switch");
    toggle.setAttribute("aria-label", `${title}, ${name}`);
    toggle.addEventListener("click", () => {
      const faults = own.filter(({ fault }) => fault.on === target);
      change(async () => {
        if (faults.length === 0)
          await request("/local/faults", { method: "POST", body: { kind, on: target, ...chosen } });
        for (const { id } of faults) await request(`/local/faults/${id}`, { method: "DELETE" });
      });
    });
    return { target, toggle, shown };
  });

  /** @param {any[]} faults All there are. */
  function show(faults) {
    own = faults.filter(({ fault }) => fault.kind === kind);
    for (const { target, toggle, shown } of switches) {
      const met = own.filter(({ fault }) => fault.on === target);
      const hits = met.reduce((sum, each) => sum + each.hits, 0);
      toggle.setAttribute("aria-checked", String(met.length > 0));
      shown.textContent = met.length === 0 ? "" : counted(hits, "hit");
    }
  }
  show([]);

  const item = element(
    "li",
    "fault-row",
    element("div", "fault-words", element("h4", "", title), element("p", "muted", text)),
    element("div", "fields", ...controls),
    element("div", "switches", ...switches.map(({ toggle }) => toggle)),
  );
  return { item, show };
}

/** @param {import("./kinds.js").Setting} setting @param {Record<string, unknown>} chosen */
function settingControl({ name, label, value, options, min, max }, chosen) {
  if (typeof value === "boolean") {
    return checkbox(label, value, (on) => {
      chosen[name] = on;
    });
  }
  if (options !== undefined) {
    return labelled(
      label,
      select(options, String(value), (text) => {
        chosen[name] = text;
      }),
    );
  }
  const control = input({ type: "number", value: String(value) }, (text) => {
    chosen[name] = text === "" ? undefined : Number(text);
  });
  control.placeholder = value === "" ? "no limit" : "";
  if (min !== undefined) control.min = String(min);
  if (max !== undefined) control.max = String(max);
  return labelled(label, control, "short");
}
