import { type WireEvent, wireEventSchema } from "@segops/core/schema";
import { isTooLong, TOO_LONG } from "./id-length";
import { fingerprintOf, storable, toJson } from "./json-text";
import { readOccurredAt } from "./occurred-at";
import type { NewBadEvent, NewEvent } from "./store/event-records";

/** The stable codes under which a refused event is recorded. */
export const BAD_EVENT_REASONS = {
  notAnObject: "not_an_object",
  required: "required",
  wrongType: "wrong_type",
  empty: "empty",
  invalidTime: "invalid_time",
  tooDeep: "too_deep",
  tooLong: "too_long",
  invalid: "invalid",
} as const;

type BadEventReason = (typeof BAD_EVENT_REASONS)[keyof typeof BAD_EVENT_REASONS];

/** The usual faults, in words that say what to do. */
const PLAIN_MESSAGES: Partial<Record<BadEventReason, string>> = {
  [BAD_EVENT_REASONS.notAnObject]: "An event is an object with user_id and event_type.",
  [BAD_EVENT_REASONS.required]: "This field is required.",
  [BAD_EVENT_REASONS.empty]: "This field may not be empty.",
};

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export type CheckedEvent =
  | { valid: true; event: NewEvent }
  | { valid: false; bad: NewBadEvent; errors: Record<string, string[]> };

/** Looks at one event as received. `receivedAt` stands in for a missing `occurred_at`. */
export function checkEvent(received: unknown, receivedAt: number): CheckedEvent {
  const parsed = wireEventSchema.safeParse(received);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const errors = fieldErrors(parsed.error.issues.map((issue) => plainly(issue, received)));
    return refuse(received, reasonOf(first, received), fieldOf(first), errors);
  }
  // The payload is taken as it came: a copy by the schema would lose keys such as __proto__.
  const payload = toJson((received as WireEvent).payload ?? {});
  if (payload === undefined) {
    return refuse(received, BAD_EVENT_REASONS.tooDeep, "payload", {
      payload: ["The payload is nested more than 1,000 levels deep. Flatten it."],
    });
  }
  const { user_id, event_type, occurred_at, anonymous_id, event_id } = parsed.data;
  const tooLong = Object.entries({ user_id, event_type, anonymous_id, event_id }).find(
    ([, value]) => value !== undefined && isTooLong(value),
  );
  if (tooLong !== undefined) {
    const [field] = tooLong;
    return refuse(received, BAD_EVENT_REASONS.tooLong, field, { [field]: [TOO_LONG] });
  }
  const time = readOccurredAt(occurred_at, receivedAt);
  if (time === undefined) {
    return refuse(received, BAD_EVENT_REASONS.invalidTime, "occurred_at", {
      occurred_at: ["The year must lie between 1 and 9999."],
    });
  }
  return {
    valid: true,
    event: {
      userId: storable(user_id),
      eventType: storable(event_type),
      ...time,
      payload,
      anonymousId: anonymous_id === undefined ? null : storable(anonymous_id),
      eventId: event_id === undefined ? null : storable(event_id),
      fingerprint: event_id === undefined ? null : fingerprintOf(JSON.stringify(received)),
    },
  };
}

/** The issues of a schema in the shape of an error answer. An issue with the whole is under `detail`. */
export function fieldErrors(issues: readonly Issue[]): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const issue of issues) {
    const field = fieldOf(issue) ?? "detail";
    errors[field] = [...(errors[field] ?? []), issue.message];
  }
  return errors;
}

function reasonOf(issue: Issue | undefined, received: unknown): BadEventReason {
  const field = fieldOf(issue);
  if (field === null) return BAD_EVENT_REASONS.notAnObject;
  const missing = (received as Record<string, unknown>)[field] === undefined;
  if (issue?.code === "invalid_type")
    return missing ? BAD_EVENT_REASONS.required : BAD_EVENT_REASONS.wrongType;
  if (issue?.code === "too_small") return BAD_EVENT_REASONS.empty;
  if (issue?.code === "custom" && field === "occurred_at") return BAD_EVENT_REASONS.invalidTime;
  return BAD_EVENT_REASONS.invalid;
}

function plainly(issue: Issue, received: unknown): Issue {
  return { ...issue, message: PLAIN_MESSAGES[reasonOf(issue, received)] ?? issue.message };
}

function fieldOf(issue: Issue | undefined): string | null {
  const [head] = issue?.path ?? [];
  return head === undefined ? null : String(head);
}

function refuse(
  received: unknown,
  reason: BadEventReason,
  field: string | null,
  errors: Record<string, string[]>,
): CheckedEvent {
  const message = errors[field ?? "detail"]?.[0] ?? "The event is not valid.";
  return { valid: false, errors, bad: { reason, field, message, received: toJson(received) ?? "null" } };
}
