/**
 * Segment semantics a second time, by looping over events in memory. It shares no code with the server: where the two
 * agree on whatever the tests make up, both do what SEMANTICS.md says.
 */
import type { SegmentCondition, SegmentDefinition } from "@segops/core/schema";
import { compareNaively, sameOrOrdered } from "./naive-comparison";

export interface PlainEvent {
  userId: string;
  eventType: string;
  occurredAt: number;
  payload: Record<string, unknown>;
  anonymousId: string | null;
}

export interface World {
  /** In the order in which they were received. */
  events: readonly PlainEvent[];
  now: number;
  /** The definitions of other segments. */
  others: ReadonlyMap<string, SegmentDefinition>;
}

const DAY = 86_400_000;

/** Every user of the world by the id they go by today, and their events, oldest first. */
export function timelines({ events }: World): Map<string, PlainEvent[]> {
  const owners = new Map<string, string>();
  for (const { userId, anonymousId } of events) {
    if (anonymousId === null || userId.startsWith("anon_")) continue;
    if (!owners.has(`anon_${anonymousId}`)) owners.set(`anon_${anonymousId}`, userId);
  }
  const byUser = new Map<string, PlainEvent[]>();
  for (const event of events) {
    const user = owners.get(event.userId) ?? event.userId;
    byUser.set(user, [...(byUser.get(user) ?? []), event]);
  }
  // The sort is stable: of two at the same time the one that was received first comes first.
  for (const timeline of byUser.values()) timeline.sort((a, b) => a.occurredAt - b.occurredAt);
  return byUser;
}

export function naiveMembers(definition: SegmentDefinition, world: World): string[] {
  const users = [...timelines(world)];
  return users
    .filter(([, timeline]) => isMember(definition, timeline, world))
    .map(([user]) => user)
    .sort(byCodePoints);
}

function isMember(definition: SegmentDefinition, timeline: PlainEvent[], world: World): boolean {
  const passed = definition.conditions.map((condition) => naivelyPasses(condition, timeline, world));
  return definition.logic === "AND" ? !passed.includes(false) : passed.includes(true);
}

export function naivelyPasses(condition: SegmentCondition, timeline: PlainEvent[], world: World): boolean {
  const ofType = (type: string) => timeline.filter(({ eventType }) => eventType === type);
  const since = (days: number) => (event: PlainEvent) => event.occurredAt >= world.now - days * DAY;

  if (condition.type === "event_count") {
    const all = ofType(condition.event_type);
    const counted = condition.window_days === undefined ? all : all.filter(since(condition.window_days));
    return sameOrOrdered(counted.length, condition.operator, condition.value);
  }
  if (condition.type === "recency") {
    const latest = ofType(condition.event_type).at(-1);
    if (latest === undefined) return false;
    const days = (world.now - latest.occurredAt) / DAY;
    if (condition.operator === "gt") return days > condition.window_days;
    if (condition.operator === "lt") return days < condition.window_days;
    return days >= condition.window_days && days < condition.window_days + 1;
  }
  if (condition.type === "monetary") {
    const values = ofType(condition.event_type).map(({ payload }) => payload[condition.property]);
    const figure = figureOf(
      condition.metric,
      values.filter((value) => typeof value === "number"),
    );
    if (figure === undefined) return condition.operator === "neq";
    return sameOrOrdered(figure, condition.operator, condition.value);
  }
  if (condition.type === "event_property") {
    const latest = ofType(condition.event_type).at(-1);
    return compareNaively(latest?.payload[condition.property], condition.operator, condition.value);
  }
  if (condition.type === "user_property") {
    const named = ofType("context_identified").filter(({ payload }) =>
      Object.hasOwn(payload, condition.property),
    );
    return compareNaively(named.at(-1)?.payload[condition.property], condition.operator, condition.value);
  }
  if (condition.type === "event_sequence") {
    const types = timeline.filter(since(condition.window_days)).map(({ eventType }) => eventType);
    return condition.strict ? hasRun(types, condition.events) : hasInOrder(types, condition.events);
  }
  const other = world.others.get(condition.segment_id);
  if (other === undefined) throw new Error(`There is no segment ${condition.segment_id}.`);
  return isMember(other, timeline, world) === (condition.operator === "in");
}

/** The tests use amounts of at most two decimals, so that whole cents are exact. */
function figureOf(metric: "sum" | "avg" | "max", values: number[]): number | undefined {
  const cents = values.reduce((total, value) => total + Math.round(value * 100), 0);
  if (metric === "sum") return cents / 100;
  if (values.length === 0) return undefined;
  return metric === "max" ? Math.max(...values) : Number((cents / values.length / 100).toFixed(6));
}

function hasInOrder(types: string[], steps: readonly string[]): boolean {
  let step = 0;
  for (const type of types) if (type === steps[step]) step += 1;
  return step === steps.length;
}

function hasRun(types: string[], steps: readonly string[]): boolean {
  return types.some((_, start) => steps.every((step, offset) => types[start + offset] === step));
}

function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
