import { createHash } from "node:crypto";

/** Deeper than any sensible event, and less than what the databases' JSON parsers can take. */
const MAX_DEPTH = 1000;

/**
 * JSON text that every database can hold, or undefined when it is nested too deeply. Half a surrogate pair and
 * NUL become the replacement character: neither can be stored as text.
 */
export function toJson(value: unknown): string | undefined {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    return undefined;
  }
  if (isTooDeep(text)) return undefined;
  return text.replace(/(?<!\\)((?:\\\\)*)\\u(?:d[89a-f][0-9a-f]{2}|0000)/g, "$1\ufffd");
}

/** A text as it will come back from the database, so that it can be compared with what is stored. */
export function storable(text: string): string {
  return text.replace(/\p{Surrogate}|\0/gu, "\ufffd");
}

/** A digest that tells whether two bodies, or two events, are the same. */
export function fingerprintOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url");
}

function isTooDeep(text: string): boolean {
  if (text.length < 2 * MAX_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return false;
}
