import { isMainThread } from "node:worker_threads";
import type { Engine, Lifecycle } from "@segops/core";
import { listenToExit } from "./exit-handlers";
import { members, type ProcessEndOptions } from "./members";
import { listenToSignals } from "./signal-handlers";

const wantsSignals = (): boolean => isMainThread && [...members].some(({ handleSignals }) => handleSignals);

/** Lets a client take part in the ends of the process until it is shut down. */
export function createProcessLifecycle(options: ProcessEndOptions, engine: () => Engine): Lifecycle {
  return {
    subscribe() {
      const member = { ...options, engine, drains: 0, triedUpTo: 0 };
      const hadSignals = wantsSignals();
      if (members.size === 0) listenToExit("on");
      members.add(member);
      if (wantsSignals() && !hadSignals) listenToSignals("prependListener");
      return () => {
        const hasSignals = wantsSignals();
        members.delete(member);
        if (members.size === 0) listenToExit("off");
        if (hasSignals && !wantsSignals()) listenToSignals("off");
      };
    },
  };
}
