const QUICK_DEPTH = 12;
const MAX_DEPTH = 64;
/**
 * The most objects looked at in one payload. Objects that know each other, as in a graph of friends, have more paths
 * between them than anybody has time for.
 */
const MAX_OBJECTS = 20_000;
/** The most replacements that are listed. */
const MAX_LISTED = 50;
const PLAIN_OBJECT = "[object Object]";

let objectsLeft = MAX_OBJECTS;

/** `[object Map]`, `[object Error]`, …: JSON shows nothing but an empty object of these. */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

export function isPlainObject(value: unknown): boolean {
  return kindOf(value) === PLAIN_OBJECT;
}

/** Objects are counted anew from here. */
export function beginPayload(): void {
  objectsLeft = MAX_OBJECTS;
}

/**
 * Whether JSON.stringify gives this value unharmed. It does not say itself when it turns NaN to null or leaves
 * a function out, and asking it with a replacer function makes it several times slower.
 */
export function isPlainJson(value: unknown): boolean {
  return isPlain(value, QUICK_DEPTH);
}

function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth === 0 || --objectsLeft < 0) return false;
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") {
    // Any other toJSON may answer what JSON cannot hold.
    return value instanceof Date && value.toJSON === Date.prototype.toJSON && !Number.isNaN(value.getTime());
  }
  if (Array.isArray(value)) {
    for (const item of value) if (!isPlain(item, depth - 1)) return false;
    return true;
  }
  let isEmpty = true;
  for (const key in value) {
    isEmpty = false;
    if (!isPlain((value as Record<string, unknown>)[key], depth - 1)) return false;
  }
  return !isEmpty || isPlainObject(value);
}

/**
 * A copy of `holder[key]` that JSON.stringify takes as it is. What JSON cannot hold is replaced by a marker in
 * square brackets, a BigInt by its digits; replacements are added to `replaced` as `payload.total: [NaN]`.
 */
export function toPlainJson(holder: unknown, key: PropertyKey, path: string, replaced: string[]): unknown {
  objectsLeft = MAX_OBJECTS;
  return copyOf(holder, key, path, replaced, []);
}

function copyOf(
  holder: unknown,
  key: PropertyKey,
  path: string,
  replaced: string[],
  ancestors: readonly unknown[],
): unknown {
  const mark = (marker: string): string => {
    if (!replaced[MAX_LISTED - 1]) replaced.push(`${path}: ${marker}`);
    return marker;
  };
  try {
    const value = (holder as Record<PropertyKey, unknown>)[key];
    if (typeof value === "function") return mark("[Function]");
    if (typeof value === "symbol" || (typeof value === "number" && !Number.isFinite(value)))
      return mark(`[${String(value)}]`);
    if (typeof value === "bigint") {
      mark("[BigInt]");
      return String(value);
    }
    if (typeof value !== "object" || value === null) return value;
    if (ancestors.includes(value)) return mark("[Circular]");
    if (ancestors.length >= MAX_DEPTH) return mark("[Too deep]");
    if (--objectsLeft < 0) return mark("[Too large]");
    const kind = kindOf(value);
    if (kind === "[object Date]" && String(value) === "Invalid Date") return mark("[Invalid Date]");
    const inside = [...ancestors, value];
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === "function") return copyOf([toJSON.call(value, key)], 0, path, replaced, inside);
    if (Array.isArray(value)) {
      return Array.from(value, (_, index) => copyOf(value, index, `${path}[${index}]`, replaced, inside));
    }
    const names = Object.keys(value);
    if (names.length === 0 && kind !== PLAIN_OBJECT) {
      return mark(kind === "[object Error]" ? `[${String(value)}]` : kind);
    }
    return Object.fromEntries(
      names.map((name) => [name, copyOf(value, name, `${path}.${name}`, replaced, inside)]),
    );
  } catch {
    return mark("[Throws]");
  }
}
