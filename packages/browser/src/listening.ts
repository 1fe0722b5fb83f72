/** Listeners that end together. */
export interface Listening {
  on(target: EventTarget, type: string, listener: (event: Event) => void): void;
  /** What else is to be done at the end. */
  readonly undo: (() => void)[];
  stop(): void;
}

export function createListening(): Listening {
  const undo: (() => void)[] = [];
  return {
    undo,
    on(target, type, listener) {
      // In the capturing phase, before a listener of the page's may stop it.
      target.addEventListener(type, listener, true);
      undo.push(() => target.removeEventListener(type, listener, true));
    },
    stop() {
      for (const each of undo.splice(0)) each();
    },
  };
}
