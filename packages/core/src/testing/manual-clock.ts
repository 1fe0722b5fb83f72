import type { Cancel, Clock, Scheduler } from "../runtime";

interface Task {
  readonly at: number;
  readonly run: () => void;
  readonly keepAlive: boolean;
}

/** A clock that stands still until a test moves it, and the timers that go by it. */
export interface ManualClock extends Clock, Scheduler {
  /** Timers that are set. */
  readonly timers: number;
  /** Timers that would keep a process alive. */
  readonly keepAliveTimers: number;
  /** Lets time pass: runs the timers that come due in their order, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock without time passing, as a user or a time server does. */
  setWallClock(now: number): void;
}

/**
 * Lets promises settle, and those that wait for them.
 *
 * @param turns How long a chain of promises is followed to its end.
 */
export async function settlePromises(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}

/** @param start The wall clock's first reading. Default: 1 January 2026. */
export function createManualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsed = 0;
  let wallOffset = start;
  const tasks = new Set<Task>();

  return {
    now: () => wallOffset + elapsed,
    monotonicNow: () => elapsed,
    schedule(run, delayMs, keepAlive): Cancel {
      const task = { at: elapsed + Math.max(0, delayMs), run, keepAlive };
      tasks.add(task);
      return () => {
        tasks.delete(task);
      };
    },
    get timers() {
      return tasks.size;
    },
    get keepAliveTimers() {
      return [...tasks].filter(({ keepAlive }) => keepAlive).length;
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settlePromises();
      for (;;) {
        const [task] = [...tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!task) break;
        elapsed = Math.max(elapsed, task.at);
        tasks.delete(task);
        task.run();
        await settlePromises();
      }
      elapsed = end;
      // Batches that are split again and again make long chains.
      await settlePromises(2_000);
    },
    setWallClock(now) {
      wallOffset = now - elapsed;
    },
  };
}
