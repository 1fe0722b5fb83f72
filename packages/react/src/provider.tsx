import type { BrowserClientOptions } from "@segops/browser";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { type ClientHolder, createClientHolder, type ReactClient } from "./client-holder";

const SegOpsContext = createContext<ClientHolder | undefined>(undefined);

/** A client of yours, or the options of one that the provider makes. */
export type SegOpsProviderProps = { readonly children?: ReactNode } & (
  | {
      /** A client of yours: you shut it down. */
      readonly client: ReactClient;
    }
  | ({ readonly client?: undefined } & BrowserClientOptions)
);

/**
 * Lends a client to the hooks below it.
 *
 * With options it makes one on the page, never on the server, and keeps it while `apiUrl` and `apiKey` stay the same:
 * with another address or key it makes another, and shuts the old one down when its events are delivered. Functions such
 * as `getUser` and `onError` may be new ones with each render, but one that is not there at first stays away; all other
 * options count once. A wrong option does not take the page down: it goes to `onError`, else to the console, and nothing
 * is tracked.
 *
 * When it is unmounted it flushes, and shuts its own client down afterwards.
 *
 * @example
 * <SegOpsProvider apiUrl="https://api.segops.ai" apiKey="pk_live_…"><App /></SegOpsProvider>
 */
export function SegOpsProvider({ children, client, ...props }: SegOpsProviderProps): ReactNode {
  const options = props as BrowserClientOptions;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address and the key say which client it is
  const holder = useMemo(() => createClientHolder(client, options), [client, options.apiUrl, options.apiKey]);
  useEffect(() => {
    holder.options = options;
  });
  useEffect(() => holder.mount(), [holder]);
  return <SegOpsContext.Provider value={holder}>{children}</SegOpsContext.Provider>;
}

export function useClientHolder(hook: string): ClientHolder {
  const holder = useContext(SegOpsContext);
  if (!holder) throw new Error(`${hook} must be used inside <SegOpsProvider>`);
  return holder;
}
