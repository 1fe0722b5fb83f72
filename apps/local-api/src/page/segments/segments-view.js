import { builder } from "./builder.js";
import { segmentDetail } from "./segment-detail.js";
import { segmentList } from "./segment-list.js";

/** `#/segments`, `#/segments/new`, `#/segments/<id>` and `#/segments/<id>/edit`. @type {import("../page.js").View} */
export function segmentsView(place, [id, action], signal) {
  if (id === undefined) segmentList(place, signal);
  else if (id === "new") builder(place, undefined, signal);
  else if (action === "edit") builder(place, id, signal);
  else segmentDetail(place, id, signal);
}
