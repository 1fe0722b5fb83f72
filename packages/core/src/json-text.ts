const QUICK_DEPTH = 12;
const MAX_DEPTH = 64;

/**
 * Whether JSON.stringify gives this value unharmed. It does not say itself when it turns NaN to null or leaves
 * a function out, and asking it with a replacer function makes it several times slower.
 */
export function isPlainJson(value: unknown, depth: number = QUICK_DEPTH): boolean {
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
  if (depth === 0) return false;
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") {
    return value instanceof Date && !Number.isNaN(value.getTime());
  }
  if (Array.isArray(value)) {
    for (const item of value) if (!isPlainJson(item, depth - 1)) return false;
    return true;
  }
  for (const key in value) {
    if (!isPlainJson((value as Record<string, unknown>)[key], depth - 1)) return false;
  }
  return true;
}

/**
 * A copy of `holder[key]` that JSON.stringify takes as it is. What JSON cannot hold is replaced by a marker in
 * square brackets, a BigInt by its digits; each replacement is added to `replaced` as `payload.total: [NaN]`.
 */
export function toPlainJson(
  holder: unknown,
  key: PropertyKey,
  path: string,
  replaced: string[],
  ancestors: readonly unknown[] = [],
): unknown {
  const mark = (marker: string): string => {
    replaced.push(`${path}: ${marker}`);
    return marker;
  };
  try {
    const value = (holder as Record<PropertyKey, unknown>)[key];
    switch (typeof value) {
      case "bigint":
        mark("[BigInt]");
        return String(value);
      case "number":
        return Number.isFinite(value) ? value : mark(`[${value}]`);
      case "function":
        return mark("[Function]");
      case "symbol":
        return mark(`[${String(value)}]`);
      case "object":
        break;
      default:
        return value;
    }
    if (value === null) return value;
    if (ancestors.includes(value)) return mark("[Circular]");
    if (ancestors.length >= MAX_DEPTH) return mark("[Too deep]");
    if (value instanceof Date && Number.isNaN(value.getTime())) return mark("[Invalid Date]");
    const inside = [...ancestors, value];
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === "function")
      return toPlainJson([toJSON.call(value, key)], 0, path, replaced, inside);
    if (Array.isArray(value)) {
      return Array.from(value, (_, index) =>
        toPlainJson(value, index, `${path}[${index}]`, replaced, inside),
      );
    }
    return Object.fromEntries(
      Object.keys(value).map((name) => [name, toPlainJson(value, name, `${path}.${name}`, replaced, inside)]),
    );
  } catch {
    return mark("[Throws]");
  }
}
