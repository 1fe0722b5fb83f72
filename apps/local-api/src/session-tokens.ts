import { randomBytes } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { ApiError } from "./errors";
import type { Database } from "./store/database";

/** How long a session token lives. */
export const SESSION_LIFETIME_SECONDS = 15 * 60;

const AUDIENCE = "segops-ingestion";
const SECRET_NAME = "session-tokens";

export interface Session {
  workspace: string;
  /** The identity every event of this session is written under. */
  uid: string;
}

/** Mints and verifies the JWTs that public keys are exchanged for. */
export class SessionTokens {
  readonly #secret: Uint8Array;
  readonly #now: () => number;
  /** How often the tokens of each workspace were ended before their time. */
  readonly #generations = new Map<string, number>();
  #generation = 0;

  constructor(secret: Uint8Array, now: () => number) {
    this.#secret = secret;
    this.#now = now;
  }

  async mint(session: Session): Promise<{ token: string; expiresAt: Date }> {
    const issuedAt = Math.floor(this.#now() / 1000);
    const expiry = issuedAt + SESSION_LIFETIME_SECONDS;
    const token = await new SignJWT({
      workspace: session.workspace,
      generation: this.#generationOf(session.workspace),
    })
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
      const workspace = String(payload.workspace);
      if (Number(payload.generation) < this.#generationOf(workspace))
        throw new errors.JWTExpired("", payload);
      return { workspace, uid: String(payload.sub) };
    } catch (error) {
      const expired = error instanceof errors.JWTExpired;
      throw new ApiError(
        401,
        `The session token ${expired ? "has expired" : "is not valid"}. Post to /api/auth/session/ for a new one.`,
      );
    }
  }

  /** Ends every token minted so far, of one workspace or of all, as if its time were up. */
  expireAll(workspace?: string): void {
    if (workspace === undefined) this.#generation += 1;
    else this.#generations.set(workspace, (this.#generations.get(workspace) ?? 0) + 1);
  }

  #generationOf(workspace: string): number {
    return this.#generation + (this.#generations.get(workspace) ?? 0);
  }
}

/** The secret that tokens are signed with: kept in the database, so that tokens outlive a restart and are known to all servers that share it. */
export function loadTokenSecret(database: Database): Promise<Uint8Array> {
  const fresh = randomBytes(32).toString("hex");
  return database.transaction(async (transaction) => {
    await transaction.query("INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
      SECRET_NAME,
      fresh,
    ]);
    const [row] = await transaction.query<{ value: string }>("SELECT value FROM secrets WHERE name = $1", [
      SECRET_NAME,
    ]);
    return Buffer.from(row?.value ?? fresh, "hex");
  });
}
