import type { FaultView, WaitingFault } from "./fault";
import type { FaultHandle, FaultTarget } from "./fault-script";

const DEFAULT_TIMEOUT_MS = 10_000;

/** One fault at work: counts the requests it meets, and holds those it was told to hold. */
export class LiveFault implements FaultHandle {
  readonly id: number;
  readonly fault: WaitingFault;
  /** Aborted when the fault is removed. */
  readonly released: AbortSignal;
  readonly #controller = new AbortController();
  readonly #onEnd: () => void;
  #passed = 0;
  #hits = 0;
  #wakers: (() => void)[] = [];

  constructor(id: number, fault: WaitingFault, onEnd: () => void) {
    this.id = id;
    this.fault = fault;
    this.released = this.#controller.signal;
    this.#onEnd = onEnd;
  }

  get hits(): number {
    return this.#hits;
  }

  get workspace(): string | undefined {
    return this.fault.workspace;
  }

  get view(): FaultView {
    return { id: this.id, hits: this.#hits, fault: this.fault };
  }

  /** Whether a request meets this fault now. */
  meets({ on, workspace, bytes }: FaultTarget): boolean {
    const { fault } = this;
    if (fault.on !== "any" && fault.on !== on) return false;
    if (fault.workspace !== undefined && fault.workspace !== workspace) return false;
    if (fault.kind === "too-large" && bytes <= fault.bytes) return false;
    if (this.#passed < fault.skip) {
      this.#passed += 1;
      return false;
    }
    this.#hits += 1;
    if (this.#hits === fault.times) this.#onEnd();
    for (const wake of this.#wakers.splice(0)) wake();
    return true;
  }

  async waitForHits(count = 1, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}): Promise<void> {
    const deadline = AbortSignal.timeout(timeoutMs);
    while (this.#hits < count) {
      await new Promise<void>((resolve, reject) => {
        this.#wakers.push(resolve);
        deadline.addEventListener("abort", () =>
          reject(
            new Error(
              `The fault ${JSON.stringify(this.fault)} met ${this.#hits} of ${count} requests in ${timeoutMs} ms.`,
            ),
          ),
        );
      });
    }
  }

  remove(): void {
    this.#onEnd();
    this.#controller.abort();
  }
}
