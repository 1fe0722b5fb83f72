/** What an expected text that begins with `$` stands for. */
const MATCHERS: Record<string, (actual: unknown) => boolean> = {
  $any: (actual) => actual !== undefined,
  $string: (actual) => typeof actual === "string" && actual !== "",
  $number: (actual) => typeof actual === "number",
  $time: (actual) => typeof actual === "string" && !Number.isNaN(Date.parse(actual)),
  $strings: (actual) =>
    Array.isArray(actual) && actual.length > 0 && actual.every((each) => typeof each === "string"),
};

const IN_SECONDS = /^\$in (-?\d+) to (-?\d+) s$/;

/** Where an answer differs from what was expected, in words; empty where it does not. */
export function differences(expected: unknown, actual: unknown, path = "body"): string[] {
  if (typeof expected === "string" && expected.startsWith("$")) return matcher(expected, actual, path);
  if (Array.isArray(expected)) return lists(expected, actual, path);
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return [differs(path, "an object", actual)];
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(value, (actual as Record<string, unknown>)[name], `${path}.${name}`),
    );
  }
  return Object.is(expected, actual) ? [] : [differs(path, JSON.stringify(expected), actual)];
}

function lists(expected: unknown[], actual: unknown, path: string): string[] {
  if (!Array.isArray(actual)) return [differs(path, "a list", actual)];
  if (actual.length !== expected.length) return [differs(path, `a list of ${expected.length}`, actual)];
  return expected.flatMap((each, index) => differences(each, actual[index], `${path}[${index}]`));
}

function matcher(expected: string, actual: unknown, path: string): string[] {
  const range = IN_SECONDS.exec(expected);
  const fits =
    range === null
      ? MATCHERS[expected]?.(actual)
      : isWithin(String(actual), Number(range[1]), Number(range[2]));
  if (fits === undefined) throw new Error(`The case expects ${expected}, which nobody knows.`);
  return fits ? [] : [differs(path, expected, actual)];
}

function isWithin(time: string, from: number, to: number): boolean {
  const seconds = (Date.parse(time) - Date.now()) / 1000;
  return seconds >= from && seconds <= to;
}

function differs(path: string, expected: string, actual: unknown): string {
  return `${path}: expected ${expected}, was ${JSON.stringify(actual)?.slice(0, 300)}`;
}
