import fs from "node:fs";
import os from "node:os";

/** Whose part of the spool it is: enough to tell whether that thread of that process still runs. */
export interface OwnerRecord {
  readonly format: number;
  readonly pid: number;
  /** The operating system's number of the thread, where it can be known. */
  readonly tid: number | undefined;
  /** When the thread started, in ticks since the machine did: tells it from another with the same number. */
  readonly startTicks: string | undefined;
  /** One run of one kernel. */
  readonly kernel: string | undefined;
  /** Process numbers mean the same within one namespace only: containers have their own. */
  readonly namespace: string | undefined;
  readonly host: string;
  readonly machine: string | undefined;
  /** By the wall clock: only to tell the order. */
  readonly startedAt: number;
}

/** `unknown`: only time can tell, by whether its heart goes on beating. */
export type Verdict = "alive" | "dead" | "unknown";

/** The processes of this machine, as far as they can be seen from here. */
export interface Processes {
  /** The thread that asks. */
  describe(): Omit<OwnerRecord, "format" | "startedAt">;
  /** A text that differs from the one before. */
  beat(): string;
  verdict(owner: OwnerRecord, lastBeat: string | undefined): Verdict;
}

/** An owner who has not been heard for this long is dead, in milliseconds. */
export const SILENCE_MS = 60_000;

export const nodeProcesses: Processes = {
  describe: describeThread,
  // Microseconds. Linux starts this clock with the machine, for all processes alike; nobody can set it.
  beat: () => String(process.hrtime.bigint() / 1_000n),
  verdict(owner, lastBeat) {
    const self = describeThread();
    const isThisKernel = owner.kernel !== undefined && owner.kernel === self.kernel;
    if (isThisKernel && owner.namespace === self.namespace) {
      const ticks = startTicks(owner.pid, owner.tid ?? owner.pid);
      if (ticks === undefined) return "unknown";
      return ticks !== null && ticks === owner.startTicks ? "alive" : "dead";
    }
    if (isThisKernel) {
      const silenceUs = Number(nodeProcesses.beat()) - Number(lastBeat?.trim() || Number.NaN);
      return silenceUs > SILENCE_MS * 1_000 ? "dead" : "unknown";
    }
    const isThisMachine = owner.host === self.host && owner.machine === self.machine;
    if (!isThisMachine) return "unknown";
    // The same machine under another kernel: it was started again.
    if (owner.kernel !== undefined && self.machine !== undefined) return "dead";
    return owner.kernel === undefined && !isRunning(owner.pid) ? "dead" : "unknown";
  },
};

function describeThread(): Omit<OwnerRecord, "format" | "startedAt"> {
  const thread = readLink("/proc/thread-self")?.split("/") ?? [];
  const tid = thread.length === 3 ? Number(thread[2]) : undefined;
  const boot = readText("/proc/sys/kernel/random/boot_id");
  const ticks = tid === undefined ? undefined : startTicks(process.pid, tid);
  const namespace = readLink("/proc/self/ns/pid");
  // All or nothing: half of it would lead to wrong conclusions.
  const canSeeProcesses = boot !== undefined && typeof ticks === "string" && namespace !== undefined;
  return {
    pid: process.pid,
    tid: canSeeProcesses ? tid : undefined,
    startTicks: canSeeProcesses ? ticks : undefined,
    kernel: canSeeProcesses ? `${boot} ${readLink("/proc/self/ns/time") ?? ""}` : undefined,
    namespace: canSeeProcesses ? namespace : undefined,
    host: os.hostname(),
    machine: readText("/etc/machine-id") || undefined,
  };
}

/** When a thread started. Null: there is none, or it has ended. Undefined: it cannot be known. */
function startTicks(pid: number, tid: number): string | null | undefined {
  let stat: string;
  try {
    stat = fs.readFileSync(`/proc/${pid}/task/${tid}/stat`, "latin1");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ESRCH" ? null : undefined;
  }
  // The program's name stands in parentheses, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // Ended, and nobody has asked how.
  if (fields[0] === "Z" || fields[0] === "X") return null;
  return fields[19];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function readText(path: string): string | undefined {
  try {
    return fs.readFileSync(path, "latin1").trim();
  } catch {
    return undefined;
  }
}

function readLink(path: string): string | undefined {
  try {
    return fs.readlinkSync(path);
  } catch {
    return undefined;
  }
}
