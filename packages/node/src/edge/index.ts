/**
 * SegOps for edge functions and workers: nothing of Node is needed.
 *
 * @module
 */
export { type EdgeClientOptions, SegOpsClient } from "./edge-client";
