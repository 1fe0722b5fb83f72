import type { LifecycleSignal, Runtime } from "../runtime";
import { createManualClock, type ManualClock } from "./manual-clock";
import { createScriptedTransport, type ScriptedTransport } from "./scripted-transport";

/** A runtime in which a test decides what time it is, what the server answers and what happens to the host. */
export interface TestRuntime extends Runtime {
  readonly clock: ManualClock;
  readonly transport: ScriptedTransport;
  /** Lines written for the developer. */
  readonly lines: readonly string[];
  /** Listeners that hold on to the host. */
  readonly lifecycleListeners: number;
  /** Something happens to the host. */
  signal(signal: LifecycleSignal): void;
}

export interface TestRuntimeOptions {
  /** What jitter is made of. Default: always 1, the longest delay. */
  readonly random?: () => number;
}

export function createTestRuntime({ random = () => 1 }: TestRuntimeOptions = {}): TestRuntime {
  const clock = createManualClock();
  const lines: string[] = [];
  const listeners = new Set<(signal: LifecycleSignal) => void>();
  let counter = 0;
  const write = (line: string): void => {
    lines.push(line);
  };

  return {
    clock,
    scheduler: clock,
    transport: createScriptedTransport(clock.now),
    // Counts up: ids differ, and are the same in every run.
    entropy: {
      random,
      bytes: (length) => {
        counter++;
        return Uint8Array.from({ length }, (_, index) => (counter / 256 ** (length - 1 - index)) & 0xff);
      },
    },
    lifecycle: {
      subscribe(listener) {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    },
    logger: { debug: write, warn: write, error: write },
    lines,
    get lifecycleListeners() {
      return listeners.size;
    },
    signal(signal) {
      for (const listener of listeners) listener(signal);
    },
  };
}
