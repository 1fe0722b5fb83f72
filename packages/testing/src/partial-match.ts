/**
 * Whether a value has everything that is expected: of an object the named properties, of a list all items in their
 * order. Asymmetric matchers such as `expect.any(Number)` decide for themselves.
 */
export function matchesPartially(actual: unknown, expected: unknown): boolean {
  if (isAsymmetricMatcher(expected)) return expected.asymmetricMatch(actual);
  if (typeof expected !== "object" || expected === null) return Object.is(actual, expected);
  if (expected instanceof Date) return matchesPartially(actual, expected.toJSON());
  if (typeof actual !== "object" || actual === null || Array.isArray(actual) !== Array.isArray(expected)) {
    return false;
  }
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return false;
  return Object.entries(expected).every(([key, value]) =>
    matchesPartially((actual as Record<string, unknown>)[key], value),
  );
}

function isAsymmetricMatcher(value: unknown): value is { asymmetricMatch(actual: unknown): boolean } {
  return typeof (value as { asymmetricMatch?: unknown } | null | undefined)?.asymmetricMatch === "function";
}
