import type { FaultServer } from "../support/fault-server";

/** What became of the events of one case. */
export interface Outcome {
  readonly tracked: number;
  /** Different events that the server has. */
  readonly delivered: number;
  readonly refused: number;
  /** Given up by the client, for whatever reason. */
  readonly dropped: number;
  /** Still with the client, or in its spool, at the end. */
  readonly kept: number;
  /** Times that the server stored an event it already had. */
  readonly duplicated: number;
  /** What else there is to know, such as how the process ended. */
  readonly note?: string;
}

/** One row of the matrix: something goes wrong while events are tracked. */
export interface FaultCase {
  readonly fault: string;
  /** Events that the server refuses, as it should. Default: none. */
  readonly refused?: number;
  /** Why it cannot run here, if so. */
  readonly skip?: string | undefined;
  run(): Promise<Outcome>;
}

export const lost = ({ tracked, delivered, refused, kept }: Outcome): number =>
  tracked - delivered - refused - kept;

/** Counts what the server has of these events. */
export function countStored(
  { stored }: FaultServer,
  tracked: readonly number[],
): Pick<Outcome, "tracked" | "delivered" | "duplicated"> {
  const different = new Set(stored);
  return {
    tracked: tracked.length,
    delivered: tracked.filter((number) => different.has(number)).length,
    duplicated: stored.length - different.size,
  };
}

export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
