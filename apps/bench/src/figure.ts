/** What something costs, beside the same work done without the client in the same run. */
export interface Figure {
  readonly scenario: string;
  readonly name: string;
  readonly unit: string;
  readonly client: number;
  /** What it is compared with. */
  readonly baselineName: string;
  readonly baseline: number;
  /** client / baseline: the median of the rounds' ratios, where there are rounds. */
  readonly ratio: number;
  readonly target: Target | undefined;
}

/** Which of a figure's numbers is held against which bound. */
export interface Target {
  readonly of: "ratio" | "client";
  readonly atMost?: number;
  readonly atLeast?: number;
}

export type Verdict = "within target" | "outside target" | "";

export function judge({ target, ratio, client }: Figure): Verdict {
  if (target === undefined) return "";
  const value = target.of === "ratio" ? ratio : client;
  const within = value <= (target.atMost ?? Number.POSITIVE_INFINITY) && value >= (target.atLeast ?? 0);
  return within ? "within target" : "outside target";
}
