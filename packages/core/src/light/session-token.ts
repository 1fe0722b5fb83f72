import { type MintedToken, mintToken } from "../mint-token";
import type { Kept } from "../shipment";
import type { VisitorText } from "./chunk-queue";
import type { LightOptions, LightRuntime } from "./light-runtime";

/** The visitor's session token: in memory only, one at a time. */
export interface SessionToken {
  /** The `Authorization` header for a visitor's events, if there is a token. */
  for(visitor: VisitorText): string | undefined;
  /** Asks for a token. Answers why there is none. */
  obtain(visitor: VisitorText): Promise<Kept | undefined>;
  /** Forgets a token that the server does not take any more, or all of them. */
  drop(header?: string): void;
}

export function createSessionToken(options: LightOptions, runtime: LightRuntime): SessionToken {
  let token: (MintedToken & { readonly visitor: VisitorText }) | undefined;
  return {
    for: (visitor) =>
      token && token.visitor === visitor && runtime.now() < token.freshUntil ? token.header : undefined,
    async obtain(visitor) {
      const [userId, anonymousId] = JSON.parse(visitor);
      const minted = await mintToken(options, runtime, { userId, anonymousId: anonymousId ?? undefined });
      if ("kind" in minted) return minted;
      token = { ...minted, visitor };
      return undefined;
    },
    drop(header = token?.header) {
      if (token?.header === header) token = undefined;
    },
  };
}
