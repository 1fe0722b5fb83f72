import type { Sender } from "@segops/core/light";
import { CONSENT } from "./consent";
import { createListening } from "./listening";
import type { PageStorage } from "./page-storage";
import { document } from "./platform";

/** Whether the page may go away at any time. A worker of a page cannot see it. */
export function isHidden(): boolean {
  return !!document.hidden;
}

/**
 * Does what is to be done when the page is hidden, shown, left or found again. Returns the way to end it.
 *
 * @param refresh Called when connectivity came or went, or the visitor has chosen in another tab, or may have.
 */
export function watchPage(sender: Sender, { adopt, release }: PageStorage, refresh: () => void): () => void {
  const { on, stop } = createListening();
  on("visibilitychange", () => (isHidden() ? sender.pump() : adopt()));
  // It is gone, or rests in the back/forward cache: nothing of it may be relied on.
  on("pagehide", () => {
    // Safari does not always say that a page is hidden before it goes.
    sender.leave();
    // Who waits for a flush learns what is pending.
    sender.setActive(false);
    release();
    refresh();
  });
  // No event of the time in the back/forward cache reached it.
  on("pageshow", () => {
    refresh();
    adopt();
  });
  on("online", refresh);
  on("offline", refresh);
  on("storage", (event) => {
    if ((event as StorageEvent).key?.endsWith(`:${CONSENT}`)) refresh();
  });
  return stop;
}
