import type { FaultHandle } from "@segops/local-api";
import type { Visit } from "./visit";

/** Counts requests from now on, as a fault that does no harm. */
export function countRequests({ server }: Visit, on: "any" | "session" | "ingestion" = "any"): FaultHandle {
  return server.faults.add({ kind: "slow", ms: 0, on });
}

/** Watches for a while that nothing is asked of the server. */
export async function noMoreRequests(counter: FaultHandle): Promise<boolean> {
  const { hits } = counter;
  await counter.waitForHits(hits + 1, { timeoutMs: 1_500 }).catch(() => {});
  return counter.hits === hits;
}
