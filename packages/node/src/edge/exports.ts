/** What comes with every client for the edge. */
export * from "../shared-exports";
export type { EdgeClientOptions } from "./edge-engine";
