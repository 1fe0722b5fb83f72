import type { Catalogue } from "@segops/core";
import { useClientHolder } from "./provider";
import type { Identify, RegisteredEvents } from "./typed";

/**
 * A function that says who the visitor is and what is known of them, the same one with each render.
 *
 * @throws Error outside `<SegOpsProvider>`.
 * @example
 * const identify = useIdentify();
 * const onSignUp = ({ id, plan }) => identify({ userId: id, traits: { plan } });
 */
export function useIdentify<Events extends Catalogue = RegisteredEvents>(): Identify<Events> {
  return useClientHolder("useIdentify").client.identify as Identify<Events>;
}
