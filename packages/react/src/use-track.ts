import type { Catalogue } from "@segops/core";
import { useClientHolder } from "./provider";
import type { RegisteredEvents, Track } from "./typed";

/**
 * A function that tracks, the same one with each render.
 *
 * @throws Error outside `<SegOpsProvider>`.
 * @example
 * const track = useTrack();
 * <button onClick={() => track("order_placed", { total: 42 })}>Buy</button>
 */
export function useTrack<Events extends Catalogue = RegisteredEvents>(): Track<Events> {
  return useClientHolder("useTrack").track as Track<Events>;
}
