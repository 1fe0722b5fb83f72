import type { ArrivalFeed } from "./arrivals";
import type { Counts } from "./store/event-records";
import type { EventStore } from "./store/event-store";

/** Looks again whenever something arrives, until the counts satisfy the condition. */
export async function waitForCounts(
  store: EventStore,
  feed: ArrivalFeed,
  condition: (counts: Counts) => boolean,
  timeoutMs: number,
): Promise<Counts> {
  const deadline = performance.now() + timeoutMs;
  const mailbox = feed.open(0);
  try {
    for (;;) {
      mailbox.take();
      const counts = await store.counts();
      if (condition(counts)) return counts;
      const left = deadline - performance.now();
      if (left <= 0 || mailbox.closed) {
        const why = mailbox.closed ? "the server was closed" : `${timeoutMs} ms passed`;
        throw new Error(`waitForCounts: ${why}; the counts are ${JSON.stringify(counts)}.`);
      }
      await mailbox.changed(left);
    }
  } finally {
    mailbox.close();
  }
}
