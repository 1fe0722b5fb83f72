import { EventEmitter, once } from "node:events";
import { type Balance, type BooksLine, balanceOf, linesOf } from "./balance";
import type { ClientBooks, ClientTotals } from "./totals";

export interface BooksView {
  readonly balance: Balance;
  readonly lines: readonly BooksLine[];
}

/** What every client of the demo says of itself, from wherever it runs. */
export class Books {
  readonly #clients = new Map<string, ClientBooks & { readonly version: number }>();
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #version = 0;

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  view(): BooksView {
    const clients = [...this.#clients.values()];
    return { balance: balanceOf(clients), lines: linesOf(clients) };
  }

  /** @param version Reports may overtake each other: an older one than that at hand is left out. */
  report(id: string, name: string, version: number, totals: ClientTotals): void {
    const known = this.#clients.get(id);
    if (known !== undefined && version <= known.version) return;
    this.#clients.set(id, { ...totals, name, version, isOpen: known?.isOpen ?? true });
    this.changed();
  }

  /** A page is there, or gone. */
  setOpen(id: string, isOpen: boolean): void {
    const known = this.#clients.get(id);
    if (known === undefined || known.isOpen === isOpen) return;
    this.#clients.set(id, { ...known, isOpen });
    this.changed();
  }

  /** Something else that listeners are shown is new. */
  changed(): void {
    this.#version += 1;
    this.#emitter.emit("change");
  }

  /** Resolves once there is something newer than `version`; rejects when the signal aborts. */
  async changedSince(version: number, signal: AbortSignal): Promise<void> {
    if (this.#version === version) await once(this.#emitter, "change", { signal });
  }
}
