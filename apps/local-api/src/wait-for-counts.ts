import type { ArrivalFeed } from "./arrivals";
import type { Counts, Scope } from "./store/event-records";
import type { EventStore } from "./store/event-store";

/** Another server on the same database wakes nobody here, so we look from time to time. */
const LOOK_AGAIN_MS = 250;

/** The counts did not come to what was waited for. */
export class CountsTimeout extends Error {
  override readonly name = "CountsTimeout";
}

interface Watched {
  store: EventStore;
  feed: ArrivalFeed;
  workspace: Scope;
}

/** Looks again whenever something arrives, until the counts satisfy the condition. */
export async function waitForCounts(
  { store, feed, workspace }: Watched,
  condition: (counts: Counts) => boolean,
  timeoutMs: number,
): Promise<Counts> {
  const deadline = performance.now() + timeoutMs;
  const mailbox = feed.open(0);
  try {
    for (;;) {
      mailbox.take();
      const counts = await store.counts(workspace);
      if (condition(counts)) return counts;
      const left = deadline - performance.now();
      if (left <= 0 || mailbox.closed) {
        const why = mailbox.closed ? "the server was closed" : `${timeoutMs} ms passed`;
        throw new CountsTimeout(`Waited for counts: ${why}; the counts are ${JSON.stringify(counts)}.`);
      }
      await mailbox.changed(Math.min(left, LOOK_AGAIN_MS));
    }
  } finally {
    mailbox.close();
  }
}
