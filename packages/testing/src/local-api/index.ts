/**
 * A real SegOps server for end-to-end tests.
 *
 * @module
 */
export type { Fault } from "../fault";
export { type LocalApi, type LocalApiOptions, startLocalApi } from "./start-local-api";
