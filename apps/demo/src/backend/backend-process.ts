import type { Books } from "../books/books";
import { KillableProcess } from "../processes/killable-process";
import type { ProcessState } from "../processes/process-state";
import type { Packing } from "../warehouse/warehouse";
import type { BackendListening, BackendOptions, FromBackend, ToBackend } from "./protocol";

/** Its line in the books. */
export const BACKEND = "@segops/node";

export interface BackendParts {
  readonly options: BackendOptions;
  readonly books: Books;
  readonly warehouse: Packing;
}

/** The shop's backend, in a process of its own: it can be killed, and what it tracked outlives it on disk. */
export class BackendProcess {
  readonly #process: KillableProcess<BackendOptions, BackendListening, FromBackend>;
  readonly #options: BackendOptions;
  #url = "";

  private constructor({ options, books, warehouse }: BackendParts) {
    this.#options = options;
    this.#process = new KillableProcess("The shop's backend", "./backend.js");
    let version = 0;
    // Each start is a client of its own: what one left behind, the next one finds.
    const nameOf = (start: number) => `${BACKEND} ${start}`;
    this.#process.onMessage((message, start) => {
      version += 1;
      if (message.type === "totals") books.report(nameOf(start), BACKEND, version, message.totals);
      if (message.type === "pack") warehouse.pack(message.parcel);
    });
    this.#process.onChange(() => {
      books.setOpen(nameOf(this.#process.starts), this.state !== "down");
      books.changed();
    });
  }

  /** @throws Error when it cannot start. */
  static async start(parts: BackendParts): Promise<BackendProcess> {
    const backend = new BackendProcess(parts);
    await backend.restart();
    return backend;
  }

  get state(): ProcessState {
    return this.#process.state;
  }

  /** Where it listens now. */
  get url(): string {
    return this.#url;
  }

  tell(message: ToBackend): void {
    this.#process.tell(message);
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  async restart(): Promise<void> {
    if (this.state !== "down") return;
    const { url } = await this.#process.start(this.#options);
    this.#url = url;
  }

  /** Delivers what is queued, and ends. */
  close(): Promise<void> {
    return this.#process.close();
  }
}
