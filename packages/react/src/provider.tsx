import { type BrowserClientOptions, SegOpsClient } from "@segops/browser";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
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
 * Lends a client to the hooks below it. With options it makes one on the page, never on the server, and keeps it while
 * `apiUrl` and `apiKey` stay the same; functions such as `getUser` and `onError` may change with each render, the other
 * options count once. It flushes when it is unmounted.
 *
 * @example
 * <SegOpsProvider apiUrl="https://api.segops.ai" apiKey="pk_live_…"><App /></SegOpsProvider>
 */
export function SegOpsProvider({ children, client, ...props }: SegOpsProviderProps): ReactNode {
  const options = props as BrowserClientOptions;
  const latest = useRef(options);
  latest.current = options;
  const { apiUrl, apiKey } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address and the key say which client it is
  const holder = useMemo(
    () =>
      createClientHolder(client, () => {
        const { getUser, onError, beforeSend } = latest.current;
        return new SegOpsClient({
          ...latest.current,
          ...(getUser && { getUser: () => latest.current.getUser?.() }),
          ...(onError && { onError: (error) => latest.current.onError?.(error) }),
          ...(beforeSend && { beforeSend: (event) => latest.current.beforeSend?.(event) ?? null }),
        });
      }),
    [client, apiUrl, apiKey],
  );
  useEffect(() => holder.mount(), [holder]);
  return <SegOpsContext.Provider value={holder}>{children}</SegOpsContext.Provider>;
}

export function useClientHolder(hook: string): ClientHolder {
  const holder = useContext(SegOpsContext);
  if (!holder) throw new Error(`${hook} must be used inside <SegOpsProvider>`);
  return holder;
}
