import type { SegOpsClient } from "@segops/browser";

const METHODS = "track identify setUser reset flush shutdown subscribe trackPageView optIn optOut".split(" ");
const PROPERTIES = "userId anonymousId totals internals".split(" ");

/**
 * Stands for a client that is made later, or never, as on a server: there its methods do nothing. It may be passed
 * around while rendering, and its methods may be taken off it.
 *
 * @param onCall Called after each method: it may have changed who the user is.
 */
export function createClientFacade(get: () => object | undefined, onCall: () => void): SegOpsClient {
  // biome-ignore lint/suspicious/noExplicitAny: it has what the names say, and need not have all of it
  const client = get as () => Record<string, any> | undefined;
  const facade: Record<string, unknown> = {};
  for (const name of METHODS)
    facade[name] = (...input: unknown[]) => {
      const answer = client()?.[name]?.(...input);
      onCall();
      return answer;
    };
  for (const name of PROPERTIES) Object.defineProperty(facade, name, { get: () => client()?.[name] });
  return facade as unknown as SegOpsClient;
}
