/** What the demo tells the process that its SegOps server runs in. */
export type ToServer =
  | {
      readonly type: "start";
      readonly port: number;
      readonly strictPort: boolean;
      readonly data: string;
      readonly hmacSecret: string;
    }
  | { readonly type: "close" };

/** What that process answers. */
export type FromServer =
  | { readonly type: "listening"; readonly url: string; readonly stored: number; readonly refused: number }
  | { readonly type: "failed"; readonly message: string };
