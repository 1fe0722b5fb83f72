/** Listeners that end together. */
export interface Listening {
  on(type: string, listener: (event: Event) => void): void;
  /** What else is to be done at the end. */
  readonly undo: (() => void)[];
  stop(): void;
}

export function createListening(): Listening {
  const undo: (() => void)[] = [];
  return {
    undo,
    on(type, listener) {
      // On the window, which an event of the document passes too; in the capturing phase, before a listener of the page's
      // may stop it.
      addEventListener(type, listener, true);
      undo.push(() => removeEventListener(type, listener, true));
    },
    stop() {
      for (const each of undo.splice(0)) each();
    },
  };
}
