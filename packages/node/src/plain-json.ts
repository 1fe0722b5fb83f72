const MAX_DEPTH = 12;
const MAX_REMEMBERED_KEYS = 1_000;
// Every character that JSON escapes, and halves of surrogate pairs, which it escapes when they stand alone.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;
const hasOwn = Object.prototype.hasOwnProperty;

/** Property names come again and again: each is quoted once. */
const quotedKeys = new Map<string, string>();

/**
 * JSON.stringify for values that JSON holds unharmed; undefined for any other. One walk does both the looking and
 * the writing. On Node 20 an event took 1,170 ns this way and 1,740 ns by looking first and then calling
 * JSON.stringify; on Node 22 and 24 the two are alike (24 November 2026, best of 15 rounds).
 */
export function stringifyPlainJson(value: object): string | undefined {
  return Array.isArray(value) ? arrayText(value, MAX_DEPTH) : objectText(value, MAX_DEPTH);
}

function valueText(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
      return Number.isFinite(value) ? String(value) : undefined;
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth === 0) return undefined;
      return Array.isArray(value) ? arrayText(value, depth - 1) : objectText(value, depth - 1);
    default:
      return undefined;
  }
}

function objectText(value: object, depth: number): string | undefined {
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return dateText(value);
  let text = "";
  for (const key in value) {
    if (!hasOwn.call(value, key)) continue;
    const item = (value as Record<string, unknown>)[key];
    if (item === undefined) continue;
    const itemText = valueText(item, depth);
    if (itemText === undefined) return undefined;
    text += (text === "" ? "{" : ",") + quotedKey(key) + itemText;
  }
  return text === "" ? "{}" : `${text}}`;
}

function arrayText(items: readonly unknown[], depth: number): string | undefined {
  if (typeof (items as { toJSON?: unknown }).toJSON === "function") return undefined;
  let text = "[";
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const itemText = item === undefined ? "null" : valueText(item, depth);
    if (itemText === undefined) return undefined;
    text += index === 0 ? itemText : `,${itemText}`;
  }
  return `${text}]`;
}

/** Of all that turn themselves into something else, only dates are known to do it well. */
function dateText(value: object): string | undefined {
  const isDate = value instanceof Date && value.toJSON === Date.prototype.toJSON;
  return isDate && !Number.isNaN(value.getTime()) ? `"${value.toISOString()}"` : undefined;
}

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function quotedKey(key: string): string {
  let text = quotedKeys.get(key);
  if (text === undefined) {
    text = `${quoted(key)}:`;
    if (quotedKeys.size < MAX_REMEMBERED_KEYS) quotedKeys.set(key, text);
  }
  return text;
}
