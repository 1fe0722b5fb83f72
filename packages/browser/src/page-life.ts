/** What happens to the page. */
export interface PageLife {
  /** It may go away at any time: it is hidden, or on its way out. */
  hidden(): void;
  /** It rests in the back/forward cache, or is gone: nothing of it may be relied on. */
  rested(): void;
  /** It is in front of the visitor, again or for the first time. */
  shown(): void;
  /** Connectivity came or went, or may have. */
  connected(): void;
  /** Another tab has changed what is stored under this name. */
  changedElsewhere(name: string): void;
}

/** Listens to the page. Returns the way to end it. */
export function watchPage(life: PageLife): () => void {
  const controller = new AbortController();
  const on = (target: EventTarget, type: string, listener: (event: Event) => void): void =>
    // In the capturing phase, before a listener of the page's may stop it.
    target.addEventListener(type, listener, { capture: true, signal: controller.signal });

  on(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden") life.hidden();
    else life.shown();
  });
  // Safari does not always say that a page is hidden before it goes.
  on(window, "pagehide", () => {
    life.hidden();
    life.rested();
  });
  on(window, "pageshow", () => {
    // No event of the time in the back/forward cache reached it.
    life.connected();
    life.shown();
  });
  on(window, "online", life.connected);
  on(window, "offline", life.connected);
  on(window, "storage", (event) => life.changedElsewhere((event as StorageEvent).key ?? ""));
  return () => controller.abort();
}
