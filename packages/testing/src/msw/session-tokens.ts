/** A token lives this long, in milliseconds (SegOps contract, section 3). */
const LIFETIME_MS = 900_000;

/** What a session token stands for. */
export interface Session {
  readonly token: string;
  /** The identity that the token is locked to: the server puts it into every event. */
  readonly uid: string;
  readonly expiresAt: number;
}

/** The session tokens that a test's server has given out. */
export interface SessionTokens {
  mint(uid: string): Session;
  /** The session of a token that is known and has not expired. */
  find(token: string): Session | undefined;
  /** No token given out so far is valid any more. */
  expire(): void;
}

export function createSessionTokens(): SessionTokens {
  const sessions = new Map<string, Session>();
  let count = 0;
  return {
    mint(uid) {
      const session = { token: `test-token-${++count}`, uid, expiresAt: Date.now() + LIFETIME_MS };
      sessions.set(session.token, session);
      return session;
    },
    find(token) {
      const session = sessions.get(token);
      return session && session.expiresAt > Date.now() ? session : undefined;
    },
    expire() {
      sessions.clear();
    },
  };
}
