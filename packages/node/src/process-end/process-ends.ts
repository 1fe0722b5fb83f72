import { constants } from "node:os";
import { isMainThread } from "node:worker_threads";
import type { Engine, Lifecycle } from "@segops/core";
import { deliverNow } from "./deliver-now";
import {
  areOwnHandlersLeft,
  isHandledByHost,
  OWN_HANDLER,
  type SignalHandler,
} from "./host-signal-listeners";

/** Which ends of the process a client takes part in. */
export interface ProcessEndOptions {
  readonly handleSignals: boolean;
  readonly exitFlush: boolean;
}

interface Member extends ProcessEndOptions {
  readonly engine: () => Engine;
  /** What had been accepted when the process last had nothing left to do: it is not held up twice for the same. */
  acceptedAtLastEnd: number;
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
/** How long the signal itself may take to end the process, in milliseconds. As process 1 of a container it never does. */
const SIGNAL_GRACE_MS = 100;

/**
 * Whoever sends a signal again after this time does not want to wait, in milliseconds. Sooner it is the same event:
 * watchers and terminals send several at once.
 */
const IMPATIENCE_MS = 1_000;

/** One set of handlers for the process, whatever the number of clients. */
const members = new Set<Member>();
/** When the first signal came that is being dealt with. */
let signalledAt: number | undefined;

const drain = ({ engine }: Member): Promise<unknown> => {
  const { dispatcher, options } = engine();
  return dispatcher.drain(options.shutdownTimeout);
};

/** Nothing is left to do. Node says so again after what a listener started is done. */
const onBeforeExit = (): void => {
  for (const member of members) {
    const { accepted, recovered, pending } = member.engine().client.totals;
    if (pending === 0 || accepted + recovered === member.acceptedAtLastEnd) continue;
    member.acceptedAtLastEnd = accepted + recovered;
    void drain(member);
  }
};

/** `process.exit()`, an uncaught exception, or the natural end: nothing but this handler runs any more. */
const onExit = (): void => {
  const startedAt = performance.now();
  for (const member of [...members]) {
    const { client, end, options } = member.engine();
    const { accepted, recovered, pending } = client.totals;
    const hasJustBeenTried = accepted + recovered === member.acceptedAtLastEnd;
    if (pending > 0 && member.exitFlush && !hasJustBeenTried) {
      deliverNow(member.engine(), startedAt + options.shutdownTimeout);
    } else {
      end();
    }
  }
};

const onSignal: SignalHandler = Object.assign(
  (signal: NodeJS.Signals): void => {
    // Now and not later: a handler added by process.once() is none any more when it has been called.
    const hostDecides = isHandledByHost(signal);
    const now = performance.now();
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
  for (const { engine } of [...members]) engine().end();
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(128 + constants.signals[signal]), SIGNAL_GRACE_MS);
};

const listen = (method: "on" | "off"): void => {
  process[method]("beforeExit", onBeforeExit);
  process[method]("exit", onExit);
};

/** In front of the host's handlers, so that all of them can still be seen. */
const listenToSignals = (method: "prependListener" | "off"): void => {
  for (const signal of SIGNALS) process[method](signal, onSignal);
};

const wantsSignals = (): boolean => isMainThread && [...members].some(({ handleSignals }) => handleSignals);

/** Lets a client take part in the ends of the process until it is shut down. */
export function createProcessLifecycle(options: ProcessEndOptions, engine: () => Engine): Lifecycle {
  return {
    subscribe() {
      const member = { ...options, engine, acceptedAtLastEnd: 0 };
      const hadSignals = wantsSignals();
      if (members.size === 0) listen("on");
      members.add(member);
      if (wantsSignals() && !hadSignals) listenToSignals("prependListener");
      return () => {
        const hasSignals = wantsSignals();
        members.delete(member);
        if (members.size === 0) listen("off");
        if (hasSignals && !wantsSignals()) listenToSignals("off");
      };
    },
  };
}
