import { type SessionRequest, sessionRequestSchema } from "@segops/core/schema";
import { Hono } from "hono";
import type { Services } from "../app";
import { limitBody } from "../body-limit";
import { checked } from "../checked";
import { authenticatePublicKey } from "../credentials";
import { ApiError } from "../errors";
import { isTooLong, TOO_LONG } from "../id-length";
import type { RegisteredKey } from "../keys";
import { originAllowed } from "../origins";
import { readJson } from "../request-body";
import { checkSignedIdentity } from "../signed-identity";
import { anonymousUserId } from "../store/event-records";
import { methodNotAllowed } from "./method-not-allowed";

const MAX_BODY_BYTES = 64_000;

/** `POST /api/auth/session/`: exchanges a public key for a token that is locked to one identity. */
export function sessionRoutes({ keys, tokens, store, segments, options }: Services): Hono {
  const routes = new Hono({ strict: false });
  const limit = limitBody(MAX_BODY_BYTES);

  routes.post("/session", limit, async (c) => {
    const key = await authenticatePublicKey(c.req.header("Authorization"), keys);
    checkOrigin(c.req.header("Origin"), key);
    const claim = checked(sessionRequestSchema, await readJson(c, MAX_BODY_BYTES));
    for (const field of ["user_id", "anonymous_id"] as const) {
      if (isTooLong(claim[field] ?? "")) throw new ApiError(400, { [field]: [TOO_LONG] });
    }
    checkSignedIdentity(claim, key, options.now());
    const uid = uidOf(claim);
    const { user_id, anonymous_id } = claim;
    if (user_id !== undefined && anonymous_id !== undefined) {
      await store.recordAlias(key.workspace, { anonymousId: anonymous_id, userId: user_id }, options.now());
      segments.invalidate();
    }
    const { token, expiresAt } = await tokens.mint({ workspace: key.workspace, uid });
    c.header("Cache-Control", "no-store");
    return c.json({ token, expires_at: expiresAt.toISOString(), uid });
  });

  routes.all("/session", methodNotAllowed("POST"));
  return routes;
}

function uidOf({ user_id, anonymous_id }: SessionRequest): string {
  if (user_id !== undefined) return user_id;
  if (anonymous_id !== undefined) return anonymousUserId(anonymous_id);
  throw new ApiError(400, "Send user_id, anonymous_id or both: a session belongs to someone.");
}

function checkOrigin(origin: string | undefined, key: RegisteredKey): void {
  if (origin === undefined) {
    if (key.allowMissingOrigin) return;
    throw new ApiError(
      403,
      "This public key is for pages on its allowlist, and the request has no Origin header.",
    );
  }
  if (originAllowed(origin, key.allowedOrigins)) return;
  throw new ApiError(
    403,
    `The origin ${origin.slice(0, 200)} is not on this public key's allowlist. Add it to allowedOrigins (--allow-origin).`,
  );
}
