/** What is used of a server of `@segops/local-api`. Its own types are not imported: it may not be installed. */
export interface LocalServer {
  readonly url: string;
  readonly faults: { add(fault: object): unknown; clear(): void };
  events(query: { readonly limit: number }): Promise<readonly StoredEvent[]>;
  waitForCounts(
    condition: (counts: { readonly good: number }) => boolean,
    options: { readonly timeoutMs: number },
  ): Promise<unknown>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface StoredEvent {
  readonly user_id: string;
  readonly event_type: string;
  readonly occurred_at: string;
  readonly payload: unknown;
  readonly anonymous_id: string | null;
}

export interface LocalApiModule {
  readonly DEFAULT_SECRET_KEY: string;
  readonly DEFAULT_PUBLIC_KEY: string;
  startServer(options: object): Promise<LocalServer>;
}

/** @throws Error when it is not installed, with the way to do that. */
export async function loadLocalApi(): Promise<LocalApiModule> {
  // By a name that no bundler and no compiler follows.
  const name: string = "@segops/local-api";
  try {
    return await import(name);
  } catch (error) {
    const problem = "startLocalApi() needs @segops/local-api: npm install --save-dev @segops/local-api";
    throw new Error(problem, { cause: error });
  }
}
