import { fieldErrors } from "../event-validation";
import { type Fault, type FaultView, faultSchema, type ResolvedFault, type WaitingFault } from "./fault";
import { LiveFault } from "./live-fault";

/** A fault that was added. */
export interface FaultHandle {
  readonly id: number;
  /** How many requests it has met so far. */
  readonly hits: number;
  /** Resolves once it has met `count` requests; rejects after `timeoutMs` (10,000). */
  waitForHits(count?: number, options?: { timeoutMs?: number }): Promise<void>;
  /** Ends it, and lets go of the requests it holds. */
  remove(): void;
}

/** The faults a server is told to have. A request meets the first that fits. */
export interface Faults {
  /** Adds a fault behind those there are. Throws where it makes no sense. */
  add(fault: Fault): FaultHandle;
  /** Those that are not used up, in their order: all of them, or those of one workspace. */
  list(workspace?: string): FaultView[];
  /** Removes all of them, or those of one workspace. */
  clear(workspace?: string): void;
}

/** What a fault looks at in a request. */
export interface FaultTarget {
  on: "ingestion" | "session" | "other";
  workspace: string | undefined;
  bytes: number;
}

export class FaultScript implements Faults {
  readonly #expireTokens: (workspace: string | undefined) => void;
  readonly #onChange: () => void;
  #faults: LiveFault[] = [];
  #lastId = 0;

  /** `onChange` hears of every fault that comes or goes, and of every request that meets one. */
  constructor(expireTokens: (workspace: string | undefined) => void, onChange: () => void = () => {}) {
    this.#expireTokens = expireTokens;
    this.#onChange = onChange;
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  add(given: Fault): FaultHandle {
    const parsed = faultSchema.safeParse(given);
    if (!parsed.success) {
      throw new TypeError(`This is no fault: ${JSON.stringify(fieldErrors(parsed.error.issues))}`);
    }
    return this.#live(parsed.data);
  }

  list(workspace?: string): FaultView[] {
    return this.#of(workspace).map((fault) => fault.view);
  }

  find(id: number, workspace?: string): FaultHandle | undefined {
    return this.#of(workspace).find((fault) => fault.id === id);
  }

  clear(workspace?: string): void {
    for (const fault of this.#of(workspace)) fault.remove();
  }

  /** The fault that a request meets, which counts it. */
  meet(target: FaultTarget): LiveFault | undefined {
    const met = this.#faults.find((fault) => fault.meets(target));
    if (met !== undefined) this.#onChange();
    return met;
  }

  #of(workspace: string | undefined): LiveFault[] {
    return this.#faults.filter((fault) => workspace === undefined || fault.workspace === workspace);
  }

  #live(fault: ResolvedFault): LiveFault {
    this.#lastId += 1;
    const live = new LiveFault(this.#lastId, fault as WaitingFault, () => {
      this.#faults = this.#faults.filter((other) => other !== live);
      this.#onChange();
    });
    if (fault.kind === "expire-tokens") this.#expireTokens(fault.workspace);
    else this.#faults.push(live);
    this.#onChange();
    return live;
  }
}
