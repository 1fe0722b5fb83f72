import { byId } from "../shared/dom.js";

/** Says beside the link how many faults are on, wherever in the page one is. @param {unknown[]} faults */
export function showFaultCount(faults) {
  const badge = byId("fault-count");
  badge.hidden = faults.length === 0;
  badge.textContent = String(faults.length);
}
