import type { SessionUser } from "./credentials";
import { withDeadline } from "./deadline";
import type { Visitor } from "./event-queue";
import { textOf } from "./host-call";
import type { ResolvedOptions } from "./options";
import { classifyOutcome } from "./outcome";
import type { HttpOutcome, Scheduler } from "./runtime";
import type { Kept } from "./shipment";

/** A session token that speaks for one visitor. */
export interface MintedToken {
  /** The `Authorization` header. */
  readonly header: string;
  /** Until when it is worth using, by the monotonic clock. */
  readonly freshUntil: number;
}

/** What minting needs of its surroundings. */
export interface Mint extends Scheduler {
  post(path: string, authorization: string, body: string): Promise<HttpOutcome>;
  now(): number;
  wallNow(): number;
}

/** A token is renewed this long before it expires, in milliseconds (SegOps contract, section 3). */
const REFRESH_EARLY_MS = 60_000;
/** How long a token lives, in milliseconds (SegOps contract, section 3). */
const TOKEN_LIFETIME_MS = 900_000;

/** Exchanges a public key for a session token (SegOps contract, section 3). Answers the token, or why there is none. */
export async function mintToken(
  { apiKey, getUser, requestTimeout }: Pick<ResolvedOptions, "apiKey" | "getUser" | "requestTimeout">,
  mint: Mint,
  visitor: Visitor | undefined,
): Promise<MintedToken | Kept> {
  let user: SessionUser;
  try {
    user = (await withDeadline(mint, requestTimeout, () => getUser?.())) ?? {};
  } catch (error) {
    return { kind: "retry", reason: `getUser failed: ${textOf(error)}` };
  }
  const { userId, anonymousId } = visitor ?? user;
  // Somebody else's signature is of no use.
  const outcome = await mint.post(
    "/api/auth/session/",
    `ApiKey ${apiKey}`,
    JSON.stringify({
      // An anonymous visitor's events carry the anonymous id as the user's: no user is known yet.
      user_id: userId === anonymousId ? undefined : userId,
      anonymous_id: anonymousId,
      ...(user.userId === userId && { user_id_sig: user.userIdSig, user_id_ts: user.userIdTs }),
    }),
  );
  const verdict = classifyOutcome(outcome, mint.wallNow());
  if (verdict.kind === "split") return { ...verdict, kind: "blocked", code: "unexpected_answer" };
  if (verdict.kind !== "delivered") return verdict;
  const { status, body } = outcome as Extract<HttpOutcome, { kind: "response" }>;
  try {
    const answer = JSON.parse(body);
    // The visitor's clock may be wrong by hours: a token is trusted for one minute at least, and never for longer
    // than any token lives.
    const lifetimeMs = Math.max(2 * REFRESH_EARLY_MS, Date.parse(answer.expires_at) - mint.wallNow() || 0);
    return {
      header: `Bearer ${answer.token.trim()}`,
      freshUntil: mint.now() + Math.min(TOKEN_LIFETIME_MS, lifetimeMs) - REFRESH_EARLY_MS,
    };
  } catch {
    return { kind: "blocked", code: "unexpected_answer", reason: "no session token in the answer", status };
  }
}
