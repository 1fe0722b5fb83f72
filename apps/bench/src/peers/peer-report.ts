import type { Environment } from "../environment";
import type { Group, Measured } from "./group";
import type { Installed, NotInstalled } from "./install";
import { formatTable } from "./table";

export interface GroupReport extends Measured {
  readonly name: Group["name"];
  readonly installed: readonly Installed[];
  readonly missing: readonly NotInstalled[];
}

/** A group's report in Markdown: when and where, what was compared, the tables, and who is first. */
export function formatReport(
  { date, node, cpu, cores, load, loadAtEnd }: Environment & { loadAtEnd: number },
  { installed, missing, tables, standings }: GroupReport,
): string {
  const when = `${date.slice(0, 16).replace("T", " ")} UTC, Node ${node}, ${cpu}, ${cores} cores`;
  return [
    `Measured ${when}; load average ${load.toFixed(1)} at the start, ${loadAtEnd.toFixed(1)} at the end.`,
    installed.map(({ packageName, version }) => `${packageName} ${version}`).join(", "),
    ...missing.map(
      ({ packageName, version, reason }) => `Not measured: ${packageName} ${version}: ${reason}`,
    ),
    ...tables.map(formatTable),
    "### Where ours stands",
    standings.map((line) => `- ${line}`).join("\n"),
  ].join("\n\n");
}
