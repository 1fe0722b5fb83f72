/**
 * SegOps for workerd: nothing of Node is needed, and no request waits for another's.
 *
 * @module
 */
export * from "./exports";
export { SegOpsClient } from "./workerd-client";
