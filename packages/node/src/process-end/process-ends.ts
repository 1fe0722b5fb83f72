import { constants } from "node:os";
import { isMainThread } from "node:worker_threads";
import type { Engine, Lifecycle } from "@segops/core";
import { monotonicNow } from "../node-clock";
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
  /** How often the process had nothing left to do, and was held up to drain. */
  drains: number;
  /** What had been taken in when the last drain ended: it is not tried again at the very end. */
  triedUpTo: number;
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
/** How often a process with nothing left to do is held up. */
const MAX_DRAINS_AT_END = 2;
/** How long the signal itself may take to end the process, in milliseconds. As process 1 of a container it never does. */
const SIGNAL_GRACE_MS = 100;

/**
 * Whoever sends a signal again after this time does not want to wait, in milliseconds. Sooner it is the same event:
 * watchers and terminals send several at once.
 */
const IMPATIENCE_MS = 1_000;

/** How often the exit handler goes behind another one: it may meet one that wants to be the last as well. */
const MAX_MOVES = 100;
let moves = 0;

/** One set of handlers for the process, whatever the number of clients. */
const members = new Set<Member>();
/** When the first signal came that is being dealt with. */
let signalledAt: number | undefined;

const drain = ({ engine }: Member): Promise<unknown> => {
  const { dispatcher, options } = engine();
  // It rejects only where a queue of the host's own making throws: the exit then takes what it can.
  return dispatcher.drain(options.shutdownTimeout).catch(() => undefined);
};

const takenIn = ({ engine }: Member): number => {
  const { accepted, recovered } = engine().client.totals;
  return accepted + recovered;
};

/**
 * Nothing is left to do. Node says so again after what a listener started is done: a host that tracks in its own
 * listener could go on for ever, so the rest is left to the exit.
 */
const onBeforeExit = (): void => {
  for (const member of members) {
    if (member.engine().client.totals.pending === 0 || member.drains >= MAX_DRAINS_AT_END) continue;
    const upTo = takenIn(member);
    if (upTo === member.triedUpTo) continue;
    member.drains++;
    void drain(member).then(() => {
      member.triedUpTo = upTo;
    });
  }
};

/** `process.exit()`, an uncaught exception, or the natural end: nothing but this handler runs any more. */
const onExit = Object.assign(
  (): void => {
    const startedAt = monotonicNow();
    const leaving = [...members];
    for (const [index, member] of leaving.entries()) {
      const { client, end, options } = member.engine();
      if (client.totals.pending > 0 && member.exitFlush && takenIn(member) !== member.triedUpTo) {
        // All share the time: one whose server hangs must not use up that of the others.
        const now = monotonicNow();
        const remainingMs = startedAt + options.shutdownTimeout - now;
        deliverNow(member.engine(), now + remainingMs / (leaving.length - index));
      } else {
        end(true);
      }
    }
  },
  { [OWN_HANDLER]: true as const },
);

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
  for (const { engine } of [...members]) engine().end(true);
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(128 + constants.signals[signal]), SIGNAL_GRACE_MS);
};

/** Goes behind an exit handler that the host has added: what that one tracks is to be sent too. */
const stayLast = (event: string | symbol, listener: object): void => {
  if (event !== "exit" || OWN_HANDLER in listener || moves >= MAX_MOVES) return;
  moves++;
  // It is added when this returns.
  void Promise.resolve().then(() => {
    if (!process.listeners("exit").includes(onExit)) return;
    process.off("exit", onExit);
    process.on("exit", onExit);
  });
};

const listen = (method: "on" | "off"): void => {
  process[method]("beforeExit", onBeforeExit);
  process[method]("exit", onExit);
  process[method]("newListener", stayLast);
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
      const member = { ...options, engine, drains: 0, triedUpTo: 0 };
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
