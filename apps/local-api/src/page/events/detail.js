import { copyButton } from "../shared/copy.js";
import { byId, element, facts, link } from "../shared/dom.js";
import { localTime } from "../shared/format.js";
import { jsonView } from "../shared/json-view.js";
import { href } from "../shared/router.js";
import { nameOf, storedEvent } from "./arrival.js";

/** @typedef {import("./arrival.js").Arrival} Arrival */

const panel = byId("detail");

/** Shows one arrival whole. @param {Arrival} arrival @param {() => void} onClose */
export async function showDetail(arrival, onClose) {
  const title = element("h2", "", nameOf(arrival));
  title.id = "detail-title";
  const close = element("button", "quiet", "Close");
  close.type = "button";
  close.addEventListener("click", onClose);
  const tag = element("span", "tag", arrival.kind === "good" ? "Stored" : "Refused");
  tag.dataset.kind = arrival.kind;
  panel.replaceChildren(element("header", "", title, tag, close));
  panel.hidden = false;
  if (getComputedStyle(panel).position === "fixed") close.focus();
  if (arrival.kind === "refused") {
    panel.append(
      problem(arrival.message),
      facts({ Status: arrival.status, Received: localTime(arrival.received_at) }),
    );
    return;
  }
  try {
    const event = await storedEvent(arrival);
    if (title.isConnected)
      panel.append(...(arrival.kind === "good" ? storedParts(event) : refusedParts(event)));
  } catch {
    if (title.isConnected)
      panel.append(problem("This event could not be loaded. It may have been cleared since."));
  }
}

export function hideDetail() {
  panel.hidden = true;
  panel.replaceChildren();
}

/** @param {any} event */
function storedParts(event) {
  return [
    facts({
      User: link(href("users", event.resolved_user_id), event.resolved_user_id),
      "Sent as": event.resolved_user_id === event.user_id ? null : event.user_id,
      Occurred: localTime(event.occurred_at),
      "Claimed to occur": event.claimed_at === null ? null : localTime(event.claimed_at),
      Received: localTime(event.received_at),
      "Anonymous id": event.anonymous_id,
      "Event id": event.event_id,
      "Sent with": event.key_kind === "secret" ? "a secret key" : "a session token",
      Workspace: event.workspace,
      "Stored as": `no. ${event.id}`,
    }),
    ...code("Payload", event.payload),
  ];
}

/** @param {any} event */
function refusedParts(event) {
  return [
    problem(event.message),
    facts({
      Reason: event.reason,
      Field: event.field,
      Received: localTime(event.received_at),
      "Sent with": event.key_kind === "secret" ? "a secret key" : "a session token",
      Workspace: event.workspace,
    }),
    ...code("As received", event.received),
  ];
}

/** @param {string} title @param {unknown} value */
function code(title, value) {
  const copy = copyButton(title.toLowerCase(), () => JSON.stringify(value, null, 2));
  return [element("div", "code-head", element("h3", "", title), copy), jsonView(value, title)];
}

/** @param {string | undefined} message */
function problem(message) {
  return element("p", "reason", message ?? "");
}
