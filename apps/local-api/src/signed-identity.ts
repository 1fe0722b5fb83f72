import { createHmac, timingSafeEqual } from "node:crypto";
import type { SessionRequest } from "@segops/core/schema";
import { ApiError } from "./errors";
import type { RegisteredKey } from "./keys";

/** How far a signature's time may lie from the server's, either way. */
const SIGNATURE_TOLERANCE_SECONDS = 300;

/** HMAC-SHA256 of `<user_id>|<unix seconds>`, in lower-case hex. */
export function signUserId(secret: Buffer, userId: string, unixSeconds: number): string {
  return createHmac("sha256", secret).update(`${userId}|${unixSeconds}`).digest("hex");
}

/** Refuses a claimed `user_id` whose signature is missing (where it is required), wrong or out of time. */
export function checkSignedIdentity(claim: SessionRequest, key: RegisteredKey, nowMs: number): void {
  const { user_id, user_id_sig, user_id_ts } = claim;
  if (user_id === undefined || key.hmacSecret === undefined) return;
  if (user_id_sig === undefined && user_id_ts === undefined && !key.requireSignedUserId) return;
  if (user_id_sig === undefined || user_id_ts === undefined) {
    throw new ApiError(
      403,
      "This key requires a signed user_id: send user_id_sig and user_id_ts, made by your backend with the key's HMAC secret.",
    );
  }
  const driftSeconds = Math.abs(nowMs / 1000 - user_id_ts);
  if (driftSeconds > SIGNATURE_TOLERANCE_SECONDS) {
    throw new ApiError(
      403,
      `user_id_ts is ${Math.round(driftSeconds)} s away from the server's clock; at most ${SIGNATURE_TOLERANCE_SECONDS} s are accepted. Sign anew for each session.`,
    );
  }
  const expected = Buffer.from(signUserId(key.hmacSecret, user_id, user_id_ts));
  const given = Buffer.from(user_id_sig);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new ApiError(
      403,
      'user_id_sig does not match. Sign "<user_id>|<user_id_ts>" in UTF-8 with HMAC-SHA256; decode the hex secret to bytes first.',
    );
  }
}
