import type { AnyRecordedEvent } from "./recorded-types";

/** The most events that a message shows. */
const MAX_SHOWN = 10;
/** The most characters of one payload. */
const MAX_LENGTH = 300;

/** Says what was tracked instead: the events of the wanted type with their payloads, of the others their number. */
export function describeEvents(events: readonly AnyRecordedEvent[], eventType: string): string {
  if (events.length === 0) return "Nothing was tracked.";
  const same = events.filter((event) => event.eventType === eventType);
  const others = new Map<string, number>();
  for (const event of events) {
    if (event.eventType !== eventType) others.set(event.eventType, (others.get(event.eventType) ?? 0) + 1);
  }
  const lines = same
    .slice(0, MAX_SHOWN)
    .map(
      ({ userId, payload }, index) => `  ${index + 1}. by ${userId}: ${shortened(JSON.stringify(payload))}`,
    );
  if (same.length > MAX_SHOWN) lines.push(`  and ${same.length - MAX_SHOWN} more`);
  const counted = [...others].map(([name, count]) => `${count} × ${name}`).join(", ");
  return [
    same.length > 0 ? `These ${eventType} were tracked:` : `No ${eventType} was tracked.`,
    ...lines,
    ...(counted ? [`Other events: ${counted}`] : []),
  ].join("\n");
}

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
