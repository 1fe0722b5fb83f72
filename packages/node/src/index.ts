/**
 * SegOps for servers: track and identify from Node without losing an event.
 *
 * @module
 */
export { SegOpsClient } from "./client";
export type { NodeClientOptions } from "./options";
export * from "./shared-exports";
export type { SpoolOptions } from "./spool/spool-options";
