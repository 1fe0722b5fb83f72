import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errors, jwtVerify, SignJWT } from "jose";
import { ApiError } from "./errors";
import { IN_MEMORY } from "./options";

/** How long a session token lives. */
export const SESSION_LIFETIME_SECONDS = 15 * 60;

const AUDIENCE = "segops-ingestion";

export interface Session {
  workspace: string;
  /** The identity every event of this session is written under. */
  uid: string;
}

/** Mints and verifies the JWTs that public keys are exchanged for. */
export class SessionTokens {
  readonly #secret: Uint8Array;
  readonly #now: () => number;

  constructor(secret: Uint8Array, now: () => number) {
    this.#secret = secret;
    this.#now = now;
  }

  async mint(session: Session): Promise<{ token: string; expiresAt: Date }> {
    const issuedAt = Math.floor(this.#now() / 1000);
    const expiry = issuedAt + SESSION_LIFETIME_SECONDS;
    const token = await new SignJWT({ workspace: session.workspace })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setSubject(session.uid)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiry)
      .sign(this.#secret);
    return { token, expiresAt: new Date(expiry * 1000) };
  }

  async verify(token: string): Promise<Session> {
    try {
      const { payload } = await jwtVerify(token, this.#secret, {
        algorithms: ["HS256"],
        audience: AUDIENCE,
        requiredClaims: ["sub", "exp"],
        currentDate: new Date(this.#now()),
      });
      return { workspace: String(payload.workspace), uid: String(payload.sub) };
    } catch (error) {
      const expired = error instanceof errors.JWTExpired;
      throw new ApiError(
        401,
        `The session token ${expired ? "has expired" : "is not valid"}. Post to /api/auth/session/ for a new one.`,
      );
    }
  }
}

/** The secret that tokens are signed with: kept beside the database, so that tokens outlive a restart. */
export async function loadTokenSecret(dataDirectory: string): Promise<Uint8Array> {
  const fresh = randomBytes(32);
  if (dataDirectory === IN_MEMORY) return fresh;
  await mkdir(dataDirectory, { recursive: true });
  const path = join(dataDirectory, "session-secret");
  try {
    await writeFile(path, fresh.toString("hex"), { flag: "wx", mode: 0o600 });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const kept = Buffer.from((await readFile(path, "utf8")).trim(), "hex");
  if (kept.length >= 32) return kept;
  await writeFile(path, fresh.toString("hex"), { mode: 0o600 });
  return fresh;
}
