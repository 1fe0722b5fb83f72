import type { NodeVersion } from "./node-versions";
import type { Story } from "./run-story";

/** Stories by versions, as text. */
export function verdictTable(
  stories: readonly Story[],
  versions: readonly NodeVersion[],
  verdicts: ReadonlyMap<Story, ReadonlyMap<NodeVersion, string>>,
): string {
  const lines = [
    ["Node", ...versions.map(({ name }) => name)],
    ...stories.map((story) => [
      story.title,
      ...versions.map((version) => verdicts.get(story)?.get(version) ?? "skipped"),
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
