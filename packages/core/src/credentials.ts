import type { Attempt } from "./attempt";
import type { Visitor } from "./event-queue";
import { type Mint, type MintedToken, mintToken } from "./mint-token";
import type { ResolvedOptions } from "./options";
import type { Verdict } from "./outcome";
import type { Runtime } from "./runtime";

/** What `getUser` tells of the current visitor. The signature comes from your server. */
export interface SessionUser {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
  /** HMAC-SHA256 of `<userId>|<userIdTs>`, lower-case hex. */
  readonly userIdSig?: string | undefined;
  /** Unix seconds at which the signature was made. */
  readonly userIdTs?: number | undefined;
}

/** Gives the `Authorization` header that a batch is sent with. */
export interface Credentials {
  /** The header, if it can be had without asking the server. */
  ready(visitor: Visitor | undefined): string | undefined;
  /** The header, or why there is none. Callers at the same time share one request. */
  obtain(visitor: Visitor | undefined): Promise<string | Verdict>;
  /** The server answered 401 to this header. Whether another may be had by asking again. */
  renew(header: string): boolean;
}

/** A secret key is its own header. */
export function createSecretCredentials(apiKey: string): Credentials {
  const header = `ApiKey ${apiKey}`;
  return { ready: () => header, obtain: async () => header, renew: () => false };
}

/** A public key is exchanged for a session token that speaks for one visitor. The token stays in memory. */
export function createSessionCredentials(
  options: Pick<ResolvedOptions, "apiKey" | "getUser" | "requestTimeout">,
  attempt: Attempt,
  { clock, scheduler }: Pick<Runtime, "clock" | "scheduler">,
): Credentials {
  let token: (MintedToken & { readonly for: string }) | undefined;
  let minting: { readonly for: string; readonly result: Promise<string | Verdict> } | undefined;
  const surroundings: Mint = {
    post: (path, authorization, body) =>
      attempt({ path, authorization, content: { body }, unloading: false }),
    now: () => clock.monotonicNow(),
    wallNow: () => clock.now(),
    schedule: (task, delayMs, keepAlive) => scheduler.schedule(task, delayMs, keepAlive),
  };

  const mint = async (visitor: Visitor | undefined, name: string): Promise<string | Verdict> => {
    const minted = await mintToken(options, surroundings, visitor);
    if ("kind" in minted) return minted;
    token = { ...minted, for: name };
    return minted.header;
  };

  return {
    ready: (visitor) =>
      token && token.for === nameOf(visitor) && clock.monotonicNow() < token.freshUntil
        ? token.header
        : undefined,

    obtain(visitor) {
      const name = nameOf(visitor);
      if (minting?.for !== name) {
        const result = mint(visitor, name).finally(() => {
          if (minting?.result === result) minting = undefined;
        });
        minting = { for: name, result };
      }
      return minting.result;
    },

    renew(header) {
      if (token?.header === header) token = undefined;
      return true;
    },
  };
}

function nameOf(visitor: Visitor | undefined): string {
  return JSON.stringify([visitor?.userId, visitor?.anonymousId]);
}
