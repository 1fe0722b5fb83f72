/** Segments in the spelling of the HTTP API. */
import type { DefinitionVersion, Segment } from "./segment-registry";

export function segmentView(segment: Segment) {
  return {
    id: segment.id,
    name: segment.name,
    description: segment.description,
    segment_type: segment.segmentType,
    definition: segment.definition,
    version: segment.version,
    created_at: segment.createdAt.toISOString(),
    updated_at: segment.updatedAt.toISOString(),
    ...computationView(segment),
  };
}

/** A segment as one of those that a user is in. */
export function membershipView(segment: Segment) {
  const { member_count, last_computed_at } = computationView(segment);
  return {
    segment_id: segment.id,
    segment_name: segment.name,
    member_count,
    computed_at: last_computed_at,
  };
}

export function versionView({ version, definition, createdAt }: DefinitionVersion) {
  return { version, definition, created_at: createdAt.toISOString() };
}

/** Before it is first computed a segment has no members, and no time. */
function computationView({ memberCount, lastComputedAt }: Segment) {
  return { member_count: memberCount ?? 0, last_computed_at: lastComputedAt?.toISOString() ?? null };
}
