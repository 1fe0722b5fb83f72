import type { Table } from "../table";
import type { Story } from "./stories";
import type { Told } from "./tell-stories";

type AboutStory = Pick<Story, "name" | "tracked">;

/** Different events that arrived; with a later visit: before it → in the end. */
export function storyTable(
  stories: readonly AboutStory[],
  told: Readonly<Record<string, Readonly<Record<string, readonly Told[]>>>>,
  names: readonly string[],
): Table {
  return {
    title: "Browser: what arrives when a page goes away or a server fails",
    columns: ["story", ...names],
    rows: stories.map(({ name, tracked }) => [
      `${name}, of ${tracked}`,
      ...names.map((sdk) => storyCell(tracked, told[name]?.[sdk] ?? [])),
    ]),
    notes: [
      "“x → y”: before and after a later visit to the same site. Ranges are over the rounds of a race. “Twice”: " +
        "events that came again on the wire, at most in a round. Bold: events are missing in the end.",
    ],
  };
}

export function storyCell(tracked: number, rounds: readonly Told[]): string {
  if (rounds.length === 0) return "–";
  const range = (values: readonly number[]): string => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return least === most ? `${least}` : `${least} to ${most}`;
  };
  const inTheEnd = rounds.map(({ unique }) => unique);
  const atOnce = rounds.map((told) => told.atOnce ?? told.unique);
  const isComplete = inTheEnd.every((unique) => unique >= tracked);
  const last = isComplete ? range(inTheEnd) : `**${range(inTheEnd)}**`;
  const first = range(atOnce);
  const twice = Math.max(...rounds.map(({ duplicates }) => duplicates));
  const failures = rounds.filter(({ failure }) => failure !== undefined).length;
  const parts = [first === range(inTheEnd) ? last : `${first} → ${last}`];
  if (twice > 0) parts.push(`${twice} twice`);
  if (failures > 0) parts.push(`${failures} rounds failed`);
  return parts.join("; ");
}
