import type { Catalogue, TraitsOf } from "@segops/core";
import { useMemo, useSyncExternalStore } from "react";
import type { User } from "./client-holder";
import { useClientHolder } from "./provider";
import type { RegisteredEvents } from "./typed";

/** Who is in front of the page, and how that changes. The functions are the same ones with each render. */
export interface UserState<Events extends Catalogue = RegisteredEvents> {
  /** Undefined while nobody is known, and on the server. */
  readonly user: User | undefined;
  /** What follows counts for this user, or for nobody known. With traits it tells the server of them, too. */
  readonly setUser: (user: (User & { readonly traits?: TraitsOf<Events> | undefined }) | undefined) => void;
  /** For a logout: what follows counts for a new visitor. */
  readonly reset: () => void;
}

/**
 * The user, and how that changes. The component is rendered again when the user changes.
 *
 * @throws Error outside `<SegOpsProvider>`.
 * @example
 * const { user, setUser, reset } = useUser();
 * return user ? <button onClick={reset}>Log {user.userId} out</button> : <Login onLogin={setUser} />;
 */
export function useUser<Events extends Catalogue = RegisteredEvents>(): UserState<Events> {
  const holder = useClientHolder("useUser");
  const userId = useSyncExternalStore(holder.subscribe, holder.userId, () => undefined);
  const user = useMemo(() => (userId ? { userId } : undefined), [userId]);
  return { user, setUser: holder.setUser as UserState<Events>["setUser"], reset: holder.client.reset };
}
