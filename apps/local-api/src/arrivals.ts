import type { Scope, StoredBadEvent, StoredEvent } from "./store/event-records";

/** A request that was refused as a whole: nothing of it is stored. */
interface RefusedRequest {
  at: number;
  status: number;
  method: string;
  path: string;
  message: string;
}

export type Arrival =
  | { kind: "good"; event: StoredEvent }
  | { kind: "bad"; event: StoredBadEvent }
  | { kind: "refused"; request: RefusedRequest };

/** Whose arrivals a listener hears of: one workspace's, or everybody's. A refused request is of no workspace. */
function isOf(workspace: Scope, arrival: Arrival): boolean {
  return workspace === undefined || (arrival.kind !== "refused" && arrival.event.workspace === workspace);
}

/** What else there is to hear of: that it is worth another look, not what it is now. */
export type Notice = "segments" | "faults";

/** What one listener has not taken yet: the newest arrivals, and how many older ones had to make room. */
export interface Delivery {
  arrivals: Arrival[];
  skipped: number;
  /** What came before these was deleted, or some of it: it is worth another look. */
  reset: boolean;
  notices: Notice[];
}

/** Tells listeners what arrives. Costs next to nothing while nobody listens. */
export class ArrivalFeed {
  readonly #mailboxes = new Set<Mailbox>();
  #closed = false;

  publish(arrivals: readonly Arrival[]): void {
    for (const mailbox of this.#mailboxes) mailbox.put(arrivals);
  }

  /** Everything stored was deleted, of one workspace or of all. */
  reset(workspace?: Scope): void {
    for (const mailbox of this.#mailboxes) mailbox.reset(workspace);
  }

  notify(notice: Notice): void {
    for (const mailbox of this.#mailboxes) mailbox.notify(notice);
  }

  /** A listener's mailbox, holding at most `capacity` arrivals until they are taken. */
  open(capacity: number, workspace?: Scope): Mailbox {
    const mailbox = new Mailbox(capacity, workspace, () => this.#mailboxes.delete(mailbox));
    this.#mailboxes.add(mailbox);
    if (this.#closed) mailbox.close();
    return mailbox;
  }

  close(): void {
    this.#closed = true;
    for (const mailbox of this.#mailboxes) mailbox.close();
  }
}

export class Mailbox {
  readonly #capacity: number;
  readonly #workspace: Scope;
  readonly #onClose: () => void;
  #arrivals: Arrival[] = [];
  #skipped = 0;
  #reset = false;
  #notices = new Set<Notice>();
  #changed = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(capacity: number, workspace: Scope, onClose: () => void) {
    this.#capacity = capacity;
    this.#workspace = workspace;
    this.#onClose = onClose;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether anything was put, or nudged, since the last `take`. */
  get isChanged(): boolean {
    return this.#changed;
  }

  put(arrivals: readonly Arrival[]): void {
    const heard =
      this.#workspace === undefined ? arrivals : arrivals.filter((each) => isOf(this.#workspace, each));
    if (heard.length === 0 && arrivals.length > 0) return;
    this.#arrivals.push(...heard);
    const excess = this.#arrivals.length - this.#capacity;
    if (excess > 0) {
      this.#arrivals.splice(0, excess);
      this.#skipped += excess;
    }
    this.#changed = true;
    this.#wake?.();
  }

  notify(notice: Notice): void {
    this.#notices.add(notice);
    this.#changed = true;
    this.#wake?.();
  }

  reset(workspace?: Scope): void {
    const isConcerned = [workspace, this.#workspace].includes(undefined) || workspace === this.#workspace;
    if (!isConcerned) return;
    // A listener to everybody keeps what is the others'.
    this.#arrivals = this.#arrivals.filter((each) => workspace !== undefined && !isOf(workspace, each));
    this.#skipped = 0;
    this.#reset = true;
    this.put([]);
  }

  take(): Delivery {
    const delivery = {
      arrivals: this.#arrivals,
      skipped: this.#skipped,
      reset: this.#reset,
      notices: [...this.#notices],
    };
    this.#arrivals = [];
    this.#skipped = 0;
    this.#reset = false;
    this.#notices.clear();
    this.#changed = false;
    return delivery;
  }

  /** Resolves when there is something new, when the mailbox closes, or after `timeoutMs`. */
  async changed(timeoutMs: number): Promise<void> {
    if (this.#changed || this.#closed) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
    this.#onClose();
  }
}
