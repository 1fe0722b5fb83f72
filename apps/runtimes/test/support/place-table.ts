import type { Place } from "./place";

/** What is shown of every place. */
export const ASPECTS = {
  installs: "installs",
  types: "type-checks",
  sends: "sends",
  retries: "retries a 503",
  flushes: "flushes at the end",
} as const;
export type Aspect = (typeof ASPECTS)[keyof typeof ASPECTS];
export type Verdict = "ok" | "FAILED";

/** Places that nobody has tried: the table names them, so that nobody takes silence for a promise. */
const UNTESTED = [
  "Vercel Edge, Fastly Compute, Netlify Edge (the edge client, by their export conditions)",
  "Electron, React Native, Safari",
  "macOS, Windows, Linux on arm64",
];

/** Places by aspects, as text. */
export function placeTable(
  places: readonly Place[],
  verdicts: ReadonlyMap<Place, ReadonlyMap<Aspect, Verdict>>,
): string {
  const aspects = Object.values(ASPECTS);
  const rows = places.map((place) => [
    place.name,
    ...aspects.map((aspect) => {
      if (place.missing !== undefined) return "skipped";
      if (aspect === ASPECTS.types && place.typecheck === undefined) return "-";
      return verdicts.get(place)?.get(aspect) ?? "not run";
    }),
  ]);
  const lines = [["@segops/sdk in", ...aspects], ...rows];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const skipped = places.filter(({ missing }) => missing !== undefined);
  return [
    ...lines.map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    ),
    "",
    `${skipped.length} of ${places.length} skipped${skipped.map(({ name, missing }) => `\n  ${name}: ${missing}`).join("")}`,
    "Untested:",
    ...UNTESTED.map((place) => `  ${place}`),
  ].join("\n");
}
