import type { ClientTotals } from "../books/totals";

/** An order to be packed. */
export interface Parcel {
  readonly userId: string;
  readonly orderId: string;
  readonly items: number;
  readonly synthetic: boolean;
}

/** What the shop tells its warehouse. */
export type ToWarehouse =
  | ({ readonly type: "pack" } & Parcel)
  | { readonly type: "flush" }
  | { readonly type: "close" };

/** What the warehouse is started with. */
export interface WarehouseSettings {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly flushInterval: number;
}

/** What the warehouse tells the shop. */
export interface FromWarehouse {
  readonly totals: ClientTotals;
}
