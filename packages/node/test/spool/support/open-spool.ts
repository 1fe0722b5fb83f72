import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Batch, EventQueue, EventText, QueueSettings, SegOpsError } from "@segops/core";
import { createManualClock, type ManualClock } from "@segops/core/testing";
import { afterEach } from "vitest";
import { nodeUtf8 } from "../../../src/node-utf8";
import type { Processes } from "../../../src/spool/processes";
import type { SpoolOptions } from "../../../src/spool/spool-options";
import { resolveSpoolOptions } from "../../../src/spool/spool-options";
import { createSpoolQueue, type SpoolQueue } from "../../../src/spool/spool-queue";

/** A machine whose processes die when a test says so. */
export interface Machine {
  startProcess(): Processes;
  kill(process: Processes): void;
}

export interface OpenedSpool {
  readonly queue: SpoolQueue;
  readonly clock: ManualClock;
  /** What was found of others, in order. */
  readonly recovered: readonly number[];
  /** What was gone from the disk, in order. */
  readonly lost: readonly number[];
  /** How often the sender was asked to look again. */
  wakes(): number;
  readonly troubles: readonly SegOpsError[];
  /** The process dies: nothing is closed, nothing is written any more. */
  kill(): void;
}

export interface SpoolSetup extends SpoolOptions, Partial<Pick<QueueSettings, "maxSize" | "maxBatchBytes">> {
  readonly maxMemoryBytes?: number;
  readonly machine?: Machine;
  readonly destination?: string;
  readonly clock?: ManualClock;
  readonly processes?: Processes;
}

const cleanups: (() => void)[] = [];
const machine = createMachine();
let keys = 0;

afterEach(() => {
  for (const cleanUp of cleanups.splice(0).reverse()) cleanUp();
});

export function atTheEnd(cleanUp: () => void): void {
  cleanups.push(cleanUp);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "segops-spool-"));
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function createMachine(): Machine {
  const dead = new Set<number>();
  const pids = new Map<Processes, number>();
  return {
    startProcess() {
      const pid = pids.size + 1;
      const process: Processes = {
        describe: () => ({
          pid,
          tid: undefined,
          startTicks: undefined,
          kernel: undefined,
          namespace: undefined,
          host: "test",
          machine: undefined,
        }),
        beat: () => "",
        verdict: (owner) => (dead.has(owner.pid) ? "dead" : "alive"),
      };
      pids.set(process, pid);
      return process;
    },
    kill(process) {
      dead.add(pids.get(process) ?? 0);
    },
  };
}

/** A queue on disk, of a process of its own. */
export function openSpool(setup: SpoolSetup = {}): OpenedSpool {
  const {
    directory = temporaryFolder(),
    maxBytes,
    sync,
    maxMemoryBytes = 64_000_000,
    maxSize = 200_000,
    maxBatchBytes = 1_000_000,
    destination = "https://api.segops.test sk_test",
    clock = createManualClock(),
  } = setup;
  const owner = setup.machine ?? machine;
  const processes = setup.processes ?? owner.startProcess();
  const recovered: number[] = [];
  const lost: number[] = [];
  let wakes = 0;
  const troubles: SegOpsError[] = [];
  const options = resolveSpoolOptions({ directory, maxBytes, sync });
  if (!options) throw new Error("no spool");
  const queue = createSpoolQueue(
    {
      maxSize,
      maxBytes: maxMemoryBytes,
      maxBatchBytes,
      utf8: nodeUtf8,
      newKey: () => `key-${++keys}`,
      recovered: (events) => recovered.push(events),
      lost: (events) => lost.push(events),
      wake: () => {
        wakes++;
      },
      report: (error) => troubles.push(error),
    },
    options,
    { clock, scheduler: clock, destination, processes },
  );
  return {
    queue,
    clock,
    recovered,
    lost,
    wakes: () => wakes,
    troubles,
    kill: () => owner.kill(processes),
  };
}

/** The text of an event that can be told from all others. */
export function text(number: number, filler = ""): EventText {
  return JSON.stringify({ number, filler });
}

export function addMany(queue: EventQueue, from: number, to: number, filler = ""): boolean {
  let added = true;
  for (let number = from; number <= to; number++) {
    const event = text(number, filler);
    added = queue.add(event, undefined) && added;
  }
  return added;
}

export function numbersIn(batches: readonly Pick<Batch, "texts">[]): number[] {
  return batches.flatMap(({ texts }) => texts.map((event) => JSON.parse(event).number));
}

export function takeAll(queue: EventQueue): Batch[] {
  queue.seal();
  const batches: Batch[] = [];
  for (let batch = queue.take(); batch; batch = queue.take()) batches.push(batch);
  return batches;
}

/** Delivers everything. Returns the events' numbers, in order. */
export function deliverAll(queue: EventQueue): number[] {
  const batches = takeAll(queue);
  for (const batch of batches) queue.settle(batch);
  return numbersIn(batches);
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** Every file below a folder, by its path from there. */
export function filesIn(folder: string, extension = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return entry.name.endsWith(extension) ? [entry.name] : [];
    return filesIn(path.join(folder, entry.name), extension).map((file) => path.join(entry.name, file));
  });
}

export function bytesIn(folder: string, extension = ""): number {
  return filesIn(folder, extension).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
}
