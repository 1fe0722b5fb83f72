/**
 * The light engine: the promises of the full one in few bytes, for pages.
 *
 * @module
 */
export type { Chunk, ChunkQueue, VisitorText } from "./chunk-queue";
export { eventsIn } from "./chunk-queue";
export { createLightEngine, type LightEngine } from "./engine";
export type { LightOptions, LightRuntime } from "./light-runtime";
export type { Sender } from "./sender";
export type { SessionToken } from "./session-token";
