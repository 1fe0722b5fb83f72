import type { Attempt } from "./attempt";
import { withDeadline } from "./deadline";
import type { Visitor } from "./event-queue";
import { textOf } from "./host-call";
import type { ResolvedOptions } from "./options";
import { classifyOutcome, type Verdict } from "./outcome";
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

/** A token is renewed this long before it expires, in milliseconds (SegOps contract, section 3). */
const REFRESH_EARLY_MS = 60_000;
/** How long a token lives, in milliseconds (SegOps contract, section 3). */
const TOKEN_LIFETIME_MS = 900_000;

/** A secret key is its own header. */
export function createSecretCredentials(apiKey: string): Credentials {
  const header = `ApiKey ${apiKey}`;
  return { ready: () => header, obtain: async () => header, renew: () => false };
}

/** A public key is exchanged for a session token that speaks for one visitor. The token stays in memory. */
export function createSessionCredentials(
  { apiKey, getUser, requestTimeout }: Pick<ResolvedOptions, "apiKey" | "getUser" | "requestTimeout">,
  attempt: Attempt,
  { clock, scheduler }: Pick<Runtime, "clock" | "scheduler">,
): Credentials {
  let token: { readonly for: string; readonly header: string; readonly freshUntil: number } | undefined;
  let minting: { readonly for: string; readonly result: Promise<string | Verdict> } | undefined;

  const mint = async (visitor: Visitor | undefined, name: string): Promise<string | Verdict> => {
    let user: SessionUser = {};
    try {
      user = (await withDeadline(scheduler, requestTimeout, () => getUser?.())) ?? {};
    } catch (error) {
      return { kind: "retry", reason: `getUser failed: ${textOf(error)}` };
    }
    const userId = visitor?.userId ?? user.userId;
    const anonymousId = visitor?.anonymousId ?? user.anonymousId;
    const signed = user.userId === userId;
    const outcome = await attempt({
      path: "/api/auth/session/",
      authorization: `ApiKey ${apiKey}`,
      body: JSON.stringify({
        // An anonymous visitor's events carry the anonymous id as the user's: no user is known yet.
        user_id: userId === anonymousId ? undefined : userId,
        anonymous_id: anonymousId,
        user_id_sig: signed ? user.userIdSig : undefined,
        user_id_ts: signed ? user.userIdTs : undefined,
      }),
      unloading: false,
    });
    const verdict = classifyOutcome(outcome, clock.now());
    if (verdict.kind === "split") return { ...verdict, kind: "blocked", code: "unexpected_answer" };
    if (verdict.kind !== "delivered" || outcome.kind === "failed") return verdict;
    try {
      const answer = JSON.parse(outcome.body);
      const header = `Bearer ${answer.token.trim()}`;
      // The visitor's clock may be wrong by hours: a token is trusted for one minute at least, and never for
      // longer than any token lives.
      const lifetimeMs = Math.min(
        TOKEN_LIFETIME_MS,
        Math.max(2 * REFRESH_EARLY_MS, Date.parse(answer.expires_at) - clock.now() || 0),
      );
      token = { for: name, header, freshUntil: clock.monotonicNow() + lifetimeMs - REFRESH_EARLY_MS };
      return header;
    } catch {
      return {
        kind: "blocked",
        code: "unexpected_answer",
        reason: "no session token in the answer",
        status: outcome.status,
      };
    }
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
