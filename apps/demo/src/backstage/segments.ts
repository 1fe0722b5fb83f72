import { ApiFailure, type SegOpsApi } from "./segops-api";

/** The segments that the demo shows, by what the visitor is told of them. */
const DEFINITIONS = [
  {
    name: "Plan is pro",
    description: "By a trait: what the shop said of the user last.",
    definition: {
      logic: "AND",
      conditions: [{ type: "user_property", property: "plan", operator: "eq", value: "pro" }],
    },
  },
  {
    name: "2 orders in 7 days",
    description: "By what the user did.",
    definition: {
      logic: "AND",
      conditions: [
        { type: "event_count", event_type: "order_placed", operator: "gte", value: 2, window_days: 7 },
      ],
    },
  },
] as const;

interface Segment {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly member_count: number;
}

interface Explanation {
  readonly matches: boolean;
  readonly conditions: readonly { readonly label: string; readonly actual: unknown }[];
}

/** A segment, and whether a user is in it. */
export interface SegmentStanding {
  readonly name: string;
  readonly description: string;
  readonly members: number;
  readonly isMember: boolean;
  /** What the condition looked at: the trait, the number of orders. */
  readonly actual: unknown;
}

/** Defines the demo's segments where an earlier run has not. */
export async function defineSegments(api: SegOpsApi): Promise<void> {
  const { results } = await api.get<{ results: Segment[] }>("/segments/");
  for (const definition of DEFINITIONS) {
    if (results.some(({ name }) => name === definition.name)) continue;
    await api.post("/segments/", definition);
  }
}

export async function standingsOf(api: SegOpsApi, userId: string): Promise<SegmentStanding[]> {
  const { results } = await api.get<{ results: Segment[] }>("/segments/");
  const shown = DEFINITIONS.flatMap(({ name }) => results.find((segment) => segment.name === name) ?? []);
  return Promise.all(
    shown.map(async ({ id, name, description, member_count }) => {
      const found = await explain(api, userId, id);
      const actual = found?.conditions[0]?.actual ?? null;
      return { name, description, members: member_count, isMember: found?.matches ?? false, actual };
    }),
  );
}

/** Undefined: no event of the user is stored yet. */
async function explain(api: SegOpsApi, userId: string, segmentId: string): Promise<Explanation | undefined> {
  const path = `/explorer/users/${encodeURIComponent(userId)}/segments/${segmentId}/explain/`;
  try {
    return await api.get<Explanation>(path);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
}
