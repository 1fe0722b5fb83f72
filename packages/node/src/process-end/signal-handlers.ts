import { constants } from "node:os";
import { monotonicNow } from "../node-clock";
import {
  areOwnHandlersLeft,
  isHandledByHost,
  OWN_HANDLER,
  type SignalHandler,
} from "./host-signal-listeners";
import { drain, endAll, members } from "./members";

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
/** How long the signal itself may take to end the process, in milliseconds. As process 1 of a container it never does. */
const SIGNAL_GRACE_MS = 100;

/**
 * Whoever sends a signal again after this time does not want to wait, in milliseconds. Sooner it is the same event:
 * watchers and terminals send several at once.
 */
const IMPATIENCE_MS = 1_000;

/** When the first signal came that is being dealt with. */
let signalledAt: number | undefined;

const onSignal: SignalHandler = Object.assign(
  (signal: NodeJS.Signals): void => {
    // Now and not later: a handler added by process.once() is none any more when it has been called.
    const hostDecides = isHandledByHost(signal);
    const now = monotonicNow();
    signalledAt ??= now;
    if (now - signalledAt > IMPATIENCE_MS && !hostDecides) {
      dieBy(signal);
      return;
    }
    const drains = [...members].filter(({ handleSignals }) => handleSignals).map(drain);
    void Promise.all(drains).then(() => {
      signalledAt = undefined;
      if (!hostDecides) dieBy(signal);
    });
  },
  { [OWN_HANDLER]: true as const },
);

/** Ends the process as the signal would have without us. */
const dieBy = (signal: NodeJS.Signals): void => {
  process.off(signal, onSignal);
  if (areOwnHandlersLeft(signal)) return;
  endAll();
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(128 + constants.signals[signal]), SIGNAL_GRACE_MS);
};

/** In front of the host's handlers, so that all of them can still be seen. */
export function listenToSignals(method: "prependListener" | "off"): void {
  for (const signal of SIGNALS) process[method](signal, onSignal);
}
