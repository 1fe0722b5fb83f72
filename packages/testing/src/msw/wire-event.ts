import type { WireEvent } from "@segops/core";

/** What is wrong with an event as a server sees it, by field. Undefined: nothing. */
export function faultsOf(event: unknown): Record<string, string[]> | undefined {
  if (!isObject(event)) return { detail: ["An event is an object with user_id and event_type."] };
  const faults: Record<string, string[]> = {};
  for (const field of ["user_id", "event_type"]) {
    if (!isText(event[field])) faults[field] = ["This field is required, as a text that is not empty."];
  }
  if (event.occurred_at !== undefined && Number.isNaN(Date.parse(String(event.occurred_at)))) {
    faults.occurred_at = ["Expected an ISO 8601 date and time."];
  }
  if (event.payload !== undefined && !isObject(event.payload)) faults.payload = ["Expected an object."];
  if (event.anonymous_id !== undefined && !isText(event.anonymous_id)) {
    faults.anonymous_id = ["Expected a text that is not empty."];
  }
  return Object.keys(faults).length > 0 ? faults : undefined;
}

/** An event without faults as it is stored: what it leaves out is filled in. */
export function storedEvent(
  event: Pick<WireEvent, "user_id" | "event_type"> & Partial<WireEvent>,
  uid: string | undefined,
): WireEvent {
  const { payload = {}, occurred_at = new Date().toISOString(), user_id } = event;
  return { ...event, payload, occurred_at, user_id: uid ?? user_id };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
