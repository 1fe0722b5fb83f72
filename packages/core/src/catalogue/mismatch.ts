import { type EventIssue, InvalidEventError } from "../errors";
import type { StandardIssue } from "./standard-schema";

/** The most issues that a message lists. */
const MAX_LISTED = 3;
/** The most values that are looked for in a message. */
const MAX_VALUES = 1_000;

/**
 * The error for a payload that does not match. Its message and its issues say where and what was expected, and never
 * what was given: that may be private, and errors end up in logs.
 */
export function mismatchError(
  field: string,
  eventType: string,
  payload: unknown,
  issues: readonly StandardIssue[],
): InvalidEventError {
  const described = issues.map((issue): EventIssue => {
    const keys = (issue.path ?? []).map((part) => (typeof part === "object" ? part.key : part));
    return { path: pathText(field, keys), message: describe(issue, payload, keys) };
  });
  const listed = described.slice(0, MAX_LISTED).map(({ path, message }) => `${path}: ${message}`);
  const more = issues.length - listed.length;
  const error = new InvalidEventError(
    field,
    `of ${eventType} does not match its schema: ${listed.join("; ")}${more > 0 ? `; and ${more} more` : ""}`,
  );
  // Not by the constructor: every client would carry what only a catalogue needs.
  return Object.assign(error, { issues: described });
}

function describe(issue: StandardIssue, payload: unknown, keys: readonly PropertyKey[]): string {
  try {
    const value = valueAt(payload, keys);
    return `${expectation(issue, value)}, but is ${kindOf(value)}`;
  } catch {
    return "cannot be read";
  }
}

/** What the schema wants, in its library's words. */
function expectation(issue: StandardIssue, value: unknown): string {
  // Of all libraries tested this is written from the schema alone, where `message` may repeat the value.
  const { expected } = issue as { expected?: unknown };
  if (typeof expected === "string") return `expected ${expected}`;
  return repeats(issue.message, value) ? "not as expected" : issue.message;
}

function repeats(message: string, value: unknown): boolean {
  const values: unknown[] = [value];
  for (let index = 0; index < values.length && index < MAX_VALUES; index++) {
    const each = values[index];
    if (typeof each === "object" && each !== null) values.push(...Object.values(each));
    else if (isWordIn(message, String(each).trim()) && each !== undefined && each !== null) return true;
  }
  return values.length > MAX_VALUES;
}

/** Whether a text stands in a message by itself: the 1 in `10` does not. */
function isWordIn(message: string, text: string): boolean {
  const isPartOfWord = (character: string | undefined) => /\w/.test(character ?? "");
  for (let at = message.indexOf(text); text && at >= 0; at = message.indexOf(text, at + 1)) {
    if (!isPartOfWord(message[at - 1]) && !isPartOfWord(message[at + text.length])) return true;
  }
  return false;
}

function valueAt(payload: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    payload,
  );
}

function pathText(field: string, keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === "number" || /^\d+$/.test(String(key))) return `${path}[${String(key)}]`;
    return /^[\w$]+$/.test(String(key))
      ? `${path}.${String(key)}`
      : `${path}[${JSON.stringify(String(key))}]`;
  }, field);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}
