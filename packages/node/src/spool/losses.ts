import type { Trouble } from "./trouble";

/** Tells the host of events that are gone from the disk: always, and of those of one turn in one go. */
export interface Losses {
  add(events: number, path: string): void;
  /** Tells at once what is not told yet. */
  tell(): void;
}

export function createLosses(directory: string, trouble: Trouble): Losses {
  let lost = 0;
  let paths = new Set<string>();
  let isQueued = false;

  const tell = (): void => {
    const [first, ...others] = paths;
    const files = others.length > 0 ? `${first} and ${others.length} other(s) were` : `${first} was`;
    const events = lost;
    lost = 0;
    paths = new Set();
    if (events <= 0) return;
    trouble.reportAlways(
      "spool_events_lost",
      `${events} event(s) lost: ${files} removed or damaged. Let nothing but this SDK touch ${directory}`,
    );
  };

  return {
    add(events, path) {
      lost += events;
      paths.add(path);
      if (isQueued) return;
      isQueued = true;
      void Promise.resolve().then(() => {
        isQueued = false;
        tell();
      });
    },
    tell,
  };
}
