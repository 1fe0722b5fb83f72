import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ClientTotals } from "../books/totals";
import type { FromWarehouse, Parcel, ToWarehouse, WarehouseSettings } from "./protocol";

/** What the shop asks of its warehouse. */
export interface Packing {
  pack(parcel: Parcel): void;
}

/** The warehouse, which packs orders in a thread of its own and tells SegOps of it through `@segops/core` alone. */
export class Warehouse implements Packing {
  readonly #worker: Worker;

  /** In the build the worker's file lies beside this one. */
  constructor(settings: WarehouseSettings, onTotals: (totals: ClientTotals) => void) {
    this.#worker = new Worker(new URL("./warehouse-worker.js", import.meta.url), { workerData: settings });
    this.#worker.on("message", ({ totals }: FromWarehouse) => onTotals(totals));
  }

  pack(parcel: Parcel): void {
    this.#tell({ type: "pack", ...parcel });
  }

  flush(): void {
    this.#tell({ type: "flush" });
  }

  /** Delivers what is queued, and ends. */
  async close(): Promise<void> {
    const ended = once(this.#worker, "exit");
    this.#tell({ type: "close" });
    await ended;
  }

  #tell(message: ToWarehouse): void {
    this.#worker.postMessage(message);
  }
}
