/**
 * SegOps for edge functions and workers: nothing of Node is needed.
 *
 * @module
 */
export { SegOpsClient } from "./edge-client";
export * from "./exports";
