import type { SegOpsClient } from "@segops/browser";
import type { Catalogue } from "@segops/core";
import { useClientHolder } from "./provider";
import type { RegisteredEvents } from "./typed";

/**
 * The client, the same object with each render. On the server its methods do nothing and its properties are undefined:
 * read them in effects and handlers.
 *
 * @throws Error outside `<SegOpsProvider>`.
 * @example
 * const segops = useSegOps();
 * <button onClick={() => segops.optOut()}>Do not count me</button>
 */
export function useSegOps<Events extends Catalogue = RegisteredEvents>(): SegOpsClient<Events> {
  return useClientHolder("useSegOps").client as SegOpsClient<Events>;
}
