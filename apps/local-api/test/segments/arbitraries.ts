import type { SegmentCondition, SegmentDefinition } from "@segops/core/schema";
import fc from "fast-check";
import { operandProblem } from "../../src/segments/operand";
import type { PlainEvent, World } from "./naive-evaluator";

export const NOW = Date.parse("2026-06-15T12:00:00Z");
const QUARTER_DAY = 6 * 60 * 60 * 1000;

/** Few of everything, so that things meet. */
const userId = fc.constantFrom("ada", "zoë 🦊", "anon_v1", "anon_v2", "o'hara");
const eventType = fc.constantFrom("order_placed", "page_viewed", "context_identified", "it's done");
const property = fc.constantFrom("plan", "amount", "a/b~c", "$.x[*]", 'q"uote');
/** At the edges of days, between them, at the same time as another, and a little in the future. */
const occurredAt = fc.integer({ min: -1, max: 16 }).map((quarters) => NOW - quarters * QUARTER_DAY);
const windowDays = fc.constantFrom(0.25, 0.3, 1, 1.5, 2, 3, 3650);

const amount = fc.constantFrom(0, 1, 0.1, 0.2, 0.3, 19.99, -5, 12, 100, 0.25, 1234.5);
const otherNumber = fc.constantFrom(1e21, 2 ** 53, -0.5, 1e-7);
const word = fc.constantFrom(
  "",
  "a",
  "pro",
  "Pro",
  "project",
  "12",
  "true",
  "ﬀ",
  "🦊",
  "a🦊b",
  "line\nbreak",
  "a%b_c\\",
  "éa1 ",
  "null",
);
const trait = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 3, arbitrary: amount },
  { weight: 2, arbitrary: fc.boolean() },
  fc.constant(null),
  fc.constantFrom<unknown>([], ["a"], {}, { a: 1 }),
);

const event: fc.Arbitrary<PlainEvent> = fc.record({
  userId,
  eventType,
  occurredAt,
  payload: fc.dictionary(property, trait, { maxKeys: 4 }),
  anonymousId: fc.option(fc.constantFrom("v1", "v2"), { freq: 2 }),
});

const numeric = fc.constantFrom("eq", "neq", "gt", "gte", "lt", "lte");
const count = fc.constantFrom(-1, 0, 1, 2, 3, 5, 1.5);
const number = fc.oneof({ weight: 4, arbitrary: amount }, otherNumber);
const scalar = fc.oneof(word, number, fc.boolean());
const nonEmptyWord = word.filter((text) => text !== "");

const atom = fc.constantFrom(
  "a",
  "b",
  ".",
  "é",
  "🦊",
  "[a-c]",
  "[^a]",
  "\\d",
  "\\w",
  "\\s",
  "\\S",
  "[\\d_]",
  "o'",
  "%",
  "\\.",
  "1",
  "pro",
  "\\n",
  "[Pp]",
);
const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "*?", "{2,}");
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  piece: fc
    .tuple(
      fc.oneof(
        { maxDepth: 1 },
        atom,
        tie("pattern").map((inner) => `(${inner})`),
        tie("pattern").map((inner) => `(?:${inner})`),
      ),
      quantifier,
    )
    .map((parts) => parts.join("")),
  pattern: fc
    .tuple(
      fc.constantFrom("", "", "^"),
      fc.array(
        fc.array(tie("piece"), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join("")),
        { minLength: 1, maxLength: 2 },
      ),
      fc.constantFrom("", "", "$"),
    )
    .map(([start, branches, end]) => start + branches.join("|") + end),
}));
/** Only such as are small enough; which are is tested elsewhere. */
const regularExpression = pattern.filter((text) => operandProblem("matches_regex", text) === undefined);

/** An operator of properties with a value that it takes. */
const comparison = fc.oneof(
  fc.record({ operator: fc.constantFrom("eq", "neq"), value: scalar }),
  fc.record({ operator: fc.constantFrom("gt", "gte", "lt", "lte"), value: fc.oneof(number, word) }),
  fc.record({
    operator: fc.constantFrom("between", "not_between"),
    value: fc.oneof(
      fc.tuple(number, number).map((pair) => pair.sort((a, b) => a - b)),
      fc.tuple(word, word).map((pair) => pair.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))),
    ),
  }),
  fc.record({
    operator: fc.constantFrom("in", "not_in"),
    value: fc.array(scalar, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    operator: fc.constantFrom("contains", "does_not_contain", "starts_with", "ends_with"),
    value: nonEmptyWord,
  }),
  fc.record({ operator: fc.constant("matches_regex"), value: regularExpression }),
  fc.record({ operator: fc.constantFrom("is_set", "is_not_set", "is_true", "is_false") }),
);

const CONDITIONS = {
  event_count: fc.record(
    {
      type: fc.constant("event_count"),
      event_type: eventType,
      operator: numeric,
      value: count,
      window_days: windowDays,
    },
    { requiredKeys: ["type", "event_type", "operator", "value"] },
  ),
  recency: fc.record({
    type: fc.constant("recency"),
    event_type: eventType,
    operator: fc.constantFrom("gt", "lt", "eq"),
    window_days: windowDays,
  }),
  monetary: fc.record({
    type: fc.constant("monetary"),
    event_type: eventType,
    property,
    metric: fc.constantFrom("sum", "avg", "max"),
    operator: numeric,
    value: number,
  }),
  event_property: fc
    .tuple(fc.record({ type: fc.constant("event_property"), event_type: eventType, property }), comparison)
    .map(([about, how]) => ({ ...about, ...how })),
  user_property: fc
    .tuple(fc.record({ type: fc.constant("user_property"), property }), comparison)
    .map(([about, how]) => ({ ...about, ...how })),
  event_sequence: fc.record(
    {
      type: fc.constant("event_sequence"),
      events: fc.array(eventType, { minLength: 1, maxLength: 4 }),
      window_days: windowDays,
      strict: fc.boolean(),
    },
    { requiredKeys: ["type", "events", "window_days"] },
  ),
  segment_membership: fc.record({
    type: fc.constant("segment_membership"),
    segment_id: fc.constantFrom("simple", "nested"),
    operator: fc.constantFrom("in", "not_in"),
  }),
} as Record<SegmentCondition["type"], fc.Arbitrary<SegmentCondition>>;

export type ConditionType = SegmentCondition["type"];
export const CONDITION_TYPES = Object.keys(CONDITIONS) as ConditionType[];

const logic = fc.constantFrom("AND" as const, "OR" as const);
const { segment_membership: membership, ...simple } = CONDITIONS;
const anySimple = fc.oneof(...Object.values(simple));

function definition(
  condition: fc.Arbitrary<SegmentCondition>,
  maxLength: number,
): fc.Arbitrary<SegmentDefinition> {
  return fc.record({ logic, conditions: fc.array(condition, { minLength: 1, maxLength }) });
}

/** Events, and two other segments to be in: one of plain conditions, and one that refers to it. */
export const world: fc.Arbitrary<World> = fc.record({
  now: fc.constant(NOW),
  events: fc.array(event, { minLength: 1, maxLength: 25 }),
  others: fc
    .tuple(
      definition(anySimple, 2),
      definition(
        fc.oneof(
          anySimple,
          membership.map((each) => ({ ...each, segment_id: "simple" })),
        ),
        2,
      ),
    )
    .map(
      ([first, second]) =>
        new Map([
          ["simple", first],
          ["nested", second],
        ]),
    ),
});

export const conditionOf = (type: ConditionType) => CONDITIONS[type];
export const combination = definition(fc.oneof(anySimple, membership), 5);
