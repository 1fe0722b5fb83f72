import type { ClientTotals } from "../books/totals";
import type { FirstAnswer } from "../processes/killable-process";
import type { Parcel } from "../warehouse/protocol";

/** What the shop's backend is started with. */
export interface BackendOptions {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly flushInterval: number;
  readonly hmacSecret: string;
  /** Where its spool and its customers outlive it. */
  readonly data: string;
  /** Made-up visits a second. */
  readonly visitors: number | undefined;
}

export interface BackendListening {
  readonly url: string;
}

/** What the demo tells the process that the shop's backend runs in. */
export type ToBackend =
  | ({ readonly type: "start" } & BackendOptions)
  /** Try again at once. */
  | { readonly type: "flush" }
  /** Let so many made-up visitors come. */
  | { readonly type: "visits"; readonly count: number }
  /** Track an event that the server's validation refuses. */
  | { readonly type: "bad-event" }
  | { readonly type: "close" };

/** What that process says of itself. */
export type FromBackend =
  | FirstAnswer<BackendListening>
  | { readonly type: "totals"; readonly totals: ClientTotals }
  | { readonly type: "pack"; readonly parcel: Parcel };
