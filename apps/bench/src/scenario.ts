import type { Figure } from "./figure";
import type { Sink } from "./sink";

/** What every scenario is given. */
export interface BenchContext {
  readonly sink: Sink;
  /** Events of one throughput run. */
  readonly events: number;
  /** Goes on to ten million events. */
  readonly huge: boolean;
  say(line: string): void;
}

export interface Scenario {
  readonly name: string;
  readonly what: string;
  measure(context: BenchContext): Promise<Figure[]>;
}
