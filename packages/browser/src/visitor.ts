import type { SessionUser } from "@segops/core";
import type { PageStorage } from "./page-storage";
import { newUuid } from "./uuid";

/** Who is in front of the page. */
export interface VisitorIdentity {
  readonly anonymousId: string;
  /** The user who is known, else the anonymous id. */
  readonly userId: string;
  /** Another user, or nobody. */
  setUser(userId: string | undefined): void;
  /** Another anonymous id. */
  forget(): void;
  /** Stores the anonymous id, where that may be done now. */
  remember(): void;
}

const ANONYMOUS_ID = "anonymous_id";

/**
 * @param isAllowed Whether the anonymous id may be stored.
 * @param onUser Called when `getUser` has said late who the user is.
 */
export function createVisitorIdentity(
  getUser: (() => SessionUser | undefined | Promise<SessionUser | undefined>) | undefined,
  storage: PageStorage,
  isAllowed: () => boolean,
): VisitorIdentity {
  let anonymousId: string | undefined;
  let userId: string | undefined;
  let isAsked = false;
  let isSet = false;

  const take = (user: SessionUser | undefined): void => {
    // Somebody may have logged in or out before the answer came.
    if (isSet) return;
    userId = user?.userId;
    anonymousId = user?.anonymousId ?? anonymousId;
  };

  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    try {
      const user = getUser?.();
      // Whoever comes before the answer is anonymous: the server counts it for the user all the same.
      if (user && "then" in user) user.then(take).catch(() => {});
      else take(user);
    } catch {
      // Minting a token asks again, and reports.
    }
  };

  const identity: VisitorIdentity = {
    get anonymousId() {
      ask();
      anonymousId ??= isAllowed() ? storage.read(ANONYMOUS_ID) : undefined;
      if (!anonymousId) {
        anonymousId = newUuid();
        identity.remember();
      }
      return anonymousId;
    },
    get userId() {
      ask();
      // What is no text would spoil all that is tracked.
      return userId?.length ? userId : identity.anonymousId;
    },
    setUser(user) {
      isAsked = isSet = true;
      userId = user;
    },
    forget() {
      anonymousId = newUuid();
      identity.remember();
    },
    remember() {
      if (isAllowed() && anonymousId) storage.write(ANONYMOUS_ID, anonymousId);
    },
  };
  return identity;
}
