/**
 * A SegOps server for Mock Service Worker.
 *
 * @module
 */
export type { Fault } from "../fault";
export type { RejectedEvent } from "./ingestion";
export {
  type SeenRequest,
  type SegOpsHandlers,
  type SegOpsHandlersOptions,
  segopsHandlers,
} from "./segops-handlers";
