import type { Table } from "./table";

export interface Counted {
  readonly tracked: number;
  readonly delivered: number;
  readonly duplicates: number;
  readonly note?: string;
}

/** By case, then by SDK. */
export type LossCounts = Readonly<Record<string, Readonly<Record<string, Counted>>>>;

/** Different events that arrived, of those tracked; and how many came again. */
export function lossTable(
  title: string,
  counts: LossCounts,
  names: readonly string[],
  notes: readonly string[] = [],
): Table {
  return {
    title,
    notes,
    columns: ["", ...names],
    rows: Object.entries(counts).map(([name, bySdk]) => [
      `${name}, of ${Object.values(bySdk)[0]?.tracked ?? 0}`,
      ...names.map((sdk) => lossCell(bySdk[sdk])),
    ]),
  };
}

export function lossCell(counted?: Counted): string {
  if (counted === undefined) return "–";
  const { tracked, delivered, duplicates, note } = counted;
  const number = delivered < tracked ? `**${delivered}**` : `${delivered}`;
  return [number, duplicates > 0 ? `${duplicates} twice` : "", note ?? ""].filter(Boolean).join("; ");
}
