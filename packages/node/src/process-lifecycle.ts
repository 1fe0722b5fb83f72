import type { DeliveryTotals, Lifecycle } from "@segops/core";

const endings = new Set<() => void>();

const runEndings = (): void => {
  for (const ending of [...endings]) ending();
};

/**
 * Lets a client flush when the process has nothing left to do. One handler for the process, whatever the number
 * of clients; gone with the last of them.
 */
export function createProcessLifecycle(totals: () => DeliveryTotals): Lifecycle {
  return {
    subscribe(listener) {
      // Node says `beforeExit` again once a flush has ended: the process is not held up twice for the same events.
      let acceptedAtLastEnd = 0;
      const ending = (): void => {
        const { accepted, pending } = totals();
        if (pending === 0 || accepted === acceptedAtLastEnd) return;
        acceptedAtLastEnd = accepted;
        listener("suspend");
      };
      if (endings.size === 0) process.on("beforeExit", runEndings);
      endings.add(ending);
      return () => {
        endings.delete(ending);
        if (endings.size === 0) process.off("beforeExit", runEndings);
      };
    },
  };
}
