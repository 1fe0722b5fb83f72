import type { StoredBadEvent, StoredEvent } from "./store/event-records";

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

/** What one listener has not taken yet: the newest arrivals, and how many older ones had to make room. */
export interface Delivery {
  arrivals: Arrival[];
  skipped: number;
  /** Everything that came before these was deleted. */
  reset: boolean;
}

/** Tells listeners what arrives. Costs next to nothing while nobody listens. */
export class ArrivalFeed {
  readonly #mailboxes = new Set<Mailbox>();
  #closed = false;

  publish(arrivals: readonly Arrival[]): void {
    for (const mailbox of this.#mailboxes) mailbox.put(arrivals);
  }

  /** Everything stored was deleted. */
  reset(): void {
    for (const mailbox of this.#mailboxes) mailbox.reset();
  }

  /** A listener's mailbox, holding at most `capacity` arrivals until they are taken. */
  open(capacity: number): Mailbox {
    const mailbox = new Mailbox(capacity, () => this.#mailboxes.delete(mailbox));
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
  readonly #onClose: () => void;
  #arrivals: Arrival[] = [];
  #skipped = 0;
  #reset = false;
  #changed = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(capacity: number, onClose: () => void) {
    this.#capacity = capacity;
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
    this.#arrivals.push(...arrivals);
    const excess = this.#arrivals.length - this.#capacity;
    if (excess > 0) {
      this.#arrivals.splice(0, excess);
      this.#skipped += excess;
    }
    this.#changed = true;
    this.#wake?.();
  }

  reset(): void {
    this.take();
    this.#reset = true;
    this.put([]);
  }

  take(): Delivery {
    const delivery = { arrivals: this.#arrivals, skipped: this.#skipped, reset: this.#reset };
    this.#arrivals = [];
    this.#skipped = 0;
    this.#reset = false;
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
