/** One figure of each SDK, by name. */
export interface Contest {
  readonly figure: string;
  readonly best: "least" | "most";
  readonly values: Readonly<Record<string, number>>;
}

/** Says of a figure whether `ours` is the best, and who else is better. Shared first places count as first. */
export function standing(ours: string, { figure, best, values }: Contest): string {
  const own = values[ours];
  if (own === undefined || Number.isNaN(own)) return `${figure}: not measured`;
  const isBetter = (value: number) => (best === "least" ? value < own : value > own);
  const better = Object.keys(values).filter((name) => isBetter(values[name] as number));
  return better.length === 0 ? `${figure}: first` : `${figure}: **behind ${better.join(", ")}**`;
}
