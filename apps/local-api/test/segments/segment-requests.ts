import type { SegmentCondition, SegmentDefinition } from "@segops/core/schema";

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever the server answers
  body: any;
}

/** Any request, with the secret key unless it says otherwise. */
export async function send(
  server: { url: string },
  method: string,
  path: string,
  body?: unknown,
  authorization = "ApiKey sk_test_local",
): Promise<Reply> {
  const response = await fetch(server.url + path, {
    method,
    headers: { Authorization: authorization, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

export const all = (...conditions: SegmentCondition[]): SegmentDefinition => ({ logic: "AND", conditions });

export const buyers = all({ type: "event_count", event_type: "order_placed", operator: "gte", value: 1 });

export function inSegment(id: string, operator: "in" | "not_in" = "in"): SegmentDefinition {
  return all({ type: "segment_membership", segment_id: id, operator });
}

/** A segment with this definition, and its id. */
export async function createSegment(
  server: { url: string },
  definition: SegmentDefinition,
  name = "A segment",
): Promise<string> {
  const { status, body } = await send(server, "POST", "/api/segments/", { name, definition });
  if (status !== 201) throw new Error(`The segment was not created: ${JSON.stringify(body)}`);
  return body.id;
}

export async function memberIds(server: { url: string }, id: string): Promise<string[]> {
  return (await send(server, "GET", `/api/segments/${id}/members/`)).body.results;
}
