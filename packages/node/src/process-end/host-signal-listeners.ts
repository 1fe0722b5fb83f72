/** Marks our own handlers, so that two copies of this package in one process know each other. */
export const OWN_HANDLER: unique symbol = Symbol.for("@segops/node signal handler") as never;

export type SignalHandler = ((signal: NodeJS.Signals) => void) & { readonly [OWN_HANDLER]?: true };

/**
 * Whether the host itself decides what a signal means. The `signal-exit` package listens to every signal and ends
 * the process itself when nobody else listens, as we do: each would wait for the other for ever.
 */
export function isHandledByHost(signal: NodeJS.Signals): boolean {
  const others = process.listeners(signal).filter((listener) => !(listener as SignalHandler)[OWN_HANDLER]);
  return others.length > signalExitCopies();
}

/** Other copies of this package that have not finished yet: the last one ends the process. */
export function areOwnHandlersLeft(signal: NodeJS.Signals): boolean {
  return process.listeners(signal).some((listener) => (listener as SignalHandler)[OWN_HANDLER]);
}

function signalExitCopies(): number {
  const { __signal_exit_emitter__: version3 } = process as { __signal_exit_emitter__?: { count?: number } };
  const version4 = (globalThis as Record<symbol, { count?: number } | undefined>)[
    Symbol.for("signal-exit emitter")
  ];
  return (version3?.count ?? 0) + (version4?.count ?? 0);
}
