/** The counts of clients that have nothing left from an earlier process. */
export interface EventTotals {
  readonly accepted: number;
  readonly delivered: number;
  readonly refused: number;
  /** By reason. */
  readonly dropped: Readonly<Partial<Record<string, number>>>;
  readonly pending: number;
}

export type Row = readonly [name: string, value: number | string, note?: string];

/** What became of the events, one line each. */
export function deliveryRows({ accepted, delivered, refused, dropped, pending }: EventTotals): Row[] {
  const reasons = Object.entries(dropped).map(([reason, events]) => `${reason} ${events}`);
  return [
    ["accepted", accepted],
    ["delivered", delivered],
    ["refused", refused, refused > 0 ? "by the server's validation" : ""],
    ["dropped", droppedEvents({ dropped }), reasons.join(", ")],
    ["pending", pending],
  ];
}

function droppedEvents({ dropped }: Pick<EventTotals, "dropped">): number {
  return Object.values(dropped).reduce<number>((sum, events = 0) => sum + events, 0);
}

/** A title and its rows, numbers to the right. */
export function formatTable(title: string, rows: readonly Row[]): string {
  const cells = rows.map(([name, value, note = ""]) => [name, toText(value), note] as const);
  const nameWidth = Math.max(...cells.map(([name]) => name.length));
  const valueWidth = Math.max(...cells.map(([, value]) => value.length));
  const lines = cells.map(([name, value, note]) =>
    `  ${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)}  ${note}`.trimEnd(),
  );
  return [title, ...lines].join("\n");
}

function toText(value: number | string): string {
  return typeof value === "number" ? value.toLocaleString("en") : value;
}
