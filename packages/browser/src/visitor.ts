import type { SessionUser } from "@segops/core";
import { callHost } from "@segops/core/light";
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

/** @param mayStore Whether the anonymous id may be stored. */
export function createVisitorIdentity(
  getUser: (() => SessionUser | undefined | Promise<SessionUser | undefined>) | undefined,
  { read, write }: PageStorage,
  mayStore: () => boolean,
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
    // Minting a token asks again, and reports what it throws.
    callHost(
      () => {
        const user = getUser?.();
        // Whoever comes before the answer is anonymous: the server counts it for the user all the same.
        return user && "then" in user ? user.then(take) : take(user);
      },
      () => {},
    );
  };

  const identity: VisitorIdentity = {
    get anonymousId() {
      ask();
      if (!anonymousId && mayStore()) anonymousId = read(ANONYMOUS_ID);
      if (!anonymousId) identity.forget();
      return anonymousId as string;
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
      if (anonymousId && mayStore()) write(ANONYMOUS_ID, anonymousId);
    },
  };
  return identity;
}
