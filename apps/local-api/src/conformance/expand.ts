import { createHmac } from "node:crypto";

export type Variables = Record<string, string>;

const DAY_MS = 86_400_000;

/** Puts values in place of `${name}`, and builds what is too long, or too fresh, to be written down. */
export function expand(template: unknown, variables: Variables): unknown {
  if (typeof template === "string") return expandText(template, variables);
  if (Array.isArray(template)) return template.map((each) => expand(each, variables));
  if (typeof template !== "object" || template === null) return template;
  const { $repeat, $text, $daysAgo, $signed, ...rest } = template as Record<string, unknown>;
  if ($repeat !== undefined) return repeat($repeat as Repeat, variables);
  if ($text !== undefined) return "x".repeat(Number($text));
  if ($daysAgo !== undefined) return new Date(Date.now() - Number($daysAgo) * DAY_MS).toISOString();
  const expanded = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [expandText(name, variables), expand(value, variables)]),
  );
  return $signed === undefined ? expanded : { ...expanded, ...sign($signed as Signed, variables) };
}

export function expandText(template: string, variables: Variables): string {
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`The case uses \${${name}}, which no earlier step saved.`);
    return value;
  });
}

/** `{"$repeat": {"count": 3, "of": …}}`: a list; `${n}` counts from 0. */
interface Repeat {
  count: number;
  of: unknown;
}

function repeat({ count, of }: Repeat, variables: Variables): unknown[] {
  return Array.from({ length: count }, (_, n) => expand(of, { ...variables, n: String(n) }));
}

/** `{"$signed": {"user_id": "…", "secondsAgo": 0}}`: the three fields of a signed identity. */
interface Signed {
  user_id: string;
  secondsAgo: number;
}

function sign({ user_id, secondsAgo }: Signed, variables: Variables) {
  const userId = expandText(user_id, variables);
  const user_id_ts = Math.floor(Date.now() / 1000) - secondsAgo;
  const secret = Buffer.from(variables.hmacSecret ?? "", "hex");
  const user_id_sig = createHmac("sha256", secret).update(`${userId}|${user_id_ts}`).digest("hex");
  return { user_id: userId, user_id_sig, user_id_ts };
}
