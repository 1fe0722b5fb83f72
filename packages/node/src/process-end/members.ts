import type { Engine } from "@segops/core";

/** Which ends of the process a client takes part in. */
export interface ProcessEndOptions {
  readonly handleSignals: boolean;
  readonly exitFlush: boolean;
}

/** A client that takes part in the ends of the process. */
export interface Member extends ProcessEndOptions {
  readonly engine: () => Engine;
  /** How often the process had nothing left to do, and was held up to drain. */
  drains: number;
  /** What had been taken in when the last drain ended: it is not tried again at the very end. */
  triedUpTo: number;
}

/** All there are: one set of handlers serves them, whatever their number. */
export const members = new Set<Member>();

export function drain({ engine }: Member): Promise<unknown> {
  const { dispatcher, options } = engine();
  // It rejects only where a queue of the host's own making throws: the exit then takes what it can.
  return dispatcher.drain(options.shutdownTimeout).catch(() => undefined);
}

/** Whether a client has events that were not tried yet as the process ends. */
export function hasUntried({ engine, triedUpTo }: Member): boolean {
  return engine().client.totals.pending > 0 && takenIn(engine()) !== triedUpTo;
}

export function takenIn({ client }: Engine): number {
  const { accepted, recovered } = client.totals;
  return accepted + recovered;
}

/** Nothing is sent any more, and what is left is handed over. */
export function endAll(): void {
  for (const { engine } of [...members]) engine().end(true);
}
