/** What a page hands to its client as `getUser`'s answer, in the spelling of the wire. */
export interface SignedUserId {
  readonly user_id: string;
  /** HMAC-SHA256 of `<user_id>|<user_id_ts>` under the key's secret, in lower-case hex. */
  readonly user_id_sig: string;
  /** Unix seconds. The server accepts it for five minutes. */
  readonly user_id_ts: number;
}

/**
 * Signs a user id, so that a page can prove who its visitor is (SegOps contract, section 3).
 *
 * @param secretHex The key's HMAC secret, in hex. It stays on the server.
 * @param nowMs Milliseconds since 1970. Default: now.
 * @throws TypeError when the secret is no hex, or the user id is empty.
 * @example
 * const { user_id, user_id_sig, user_id_ts } = await signUserId(process.env.SEGOPS_HMAC_SECRET, session.userId);
 */
export async function signUserId(
  secretHex: string,
  userId: string,
  nowMs: number = Date.now(),
): Promise<SignedUserId> {
  if (typeof userId !== "string" || userId === "") {
    throw new TypeError(
      `userId must be a non-empty string, but is ${userId === "" ? "empty" : typeof userId}`,
    );
  }
  const seconds = Math.floor(nowMs / 1000);
  const key = await crypto.subtle.importKey(
    "raw",
    bytesOf(secretHex),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${userId}|${seconds}`));
  return { user_id: userId, user_id_sig: hexOf(new Uint8Array(signature)), user_id_ts: seconds };
}

function bytesOf(secretHex: string): Uint8Array<ArrayBuffer> {
  // The value is not shown: a secret never belongs into a message.
  if (typeof secretHex !== "string" || !/^([0-9a-f]{2})+$/i.test(secretHex)) {
    throw new TypeError(
      "secretHex must be the key's HMAC secret in hex, such as 00010203…: two digits for each byte",
    );
  }
  return Uint8Array.from(secretHex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
