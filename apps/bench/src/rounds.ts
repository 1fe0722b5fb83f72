import { median } from "./statistics";

export interface Compared {
  readonly client: number;
  readonly baseline: number;
  readonly ratio: number;
}

/**
 * The medians of a measure over all rounds, and of its ratio. Both sides of a round ran one after the other, so that
 * the machine's moods cancel out in the ratio.
 */
export function compare<Result>(
  rounds: readonly { readonly client: Result; readonly baseline: Result }[],
  measure: (result: Result) => number,
): Compared {
  return {
    client: median(rounds.map(({ client }) => measure(client))),
    baseline: median(rounds.map(({ baseline }) => measure(baseline))),
    ratio: median(rounds.map(({ client, baseline }) => measure(client) / measure(baseline))),
  };
}

/** Runs both sides so often, taking turns in who goes first. */
export async function interleave<Result>(
  times: number,
  run: (side: "client" | "baseline") => Promise<Result>,
): Promise<{ client: Result; baseline: Result }[]> {
  const rounds: { client: Result; baseline: Result }[] = [];
  for (let round = 0; round < times; round += 1) {
    if (round % 2 === 0) {
      const client = await run("client");
      rounds.push({ client, baseline: await run("baseline") });
    } else {
      const baseline = await run("baseline");
      rounds.push({ client: await run("client"), baseline });
    }
  }
  return rounds;
}
