/**
 * The light engine: the promises of the full one in few bytes, for pages.
 *
 * @module
 */
export { withDeadline } from "../deadline";
export { callHost, textOf } from "../host-call";
export { MAX_TIMER_MS } from "../options";
export type { Batch, BatchQueue, Lane, VisitorText } from "./batch-queue";
export { createLightEngine, type LightEngine } from "./engine";
export type { LightOptions, LightRuntime } from "./light-runtime";
export { MAX_BODY_BYTES, type Sender } from "./sender";
