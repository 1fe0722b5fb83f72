import type { FirstAnswer } from "../processes/killable-process";

/** What the SegOps server is started with. */
export interface ServerOptions {
  readonly port: number;
  readonly strictPort: boolean;
  readonly data: string;
  readonly hmacSecret: string;
}

export interface ServerListening {
  readonly url: string;
  readonly stored: number;
  readonly refused: number;
}

/** What the demo tells the process that its SegOps server runs in. */
export type ToServer = ({ readonly type: "start" } & ServerOptions) | { readonly type: "close" };

/** What that process answers. */
export type FromServer = FirstAnswer<ServerListening>;
