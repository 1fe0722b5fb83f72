/**
 * A SegOps server for development, demos and tests.
 *
 * @module
 */
export { StartError } from "./errors";
export { BAD_EVENT_REASONS } from "./event-validation";
export type { Fault, FaultView } from "./faults/fault";
export type { FaultHandle, Faults } from "./faults/fault-script";
export { DEFAULT_KEYS, DEFAULT_PUBLIC_KEY, DEFAULT_SECRET_KEY, type KeyOptions } from "./keys";
export { CLOCK_SKEW_TOLERANCE_MS } from "./occurred-at";
export { DEFAULT_OPTIONS, type ServerOptions } from "./options";
export { type BadEventView, type EventView, type LocalServer, startServer } from "./server";
export { SESSION_LIFETIME_SECONDS } from "./session-tokens";
export type { Counts, EventQuery } from "./store/event-records";
export { IDEMPOTENCY_WINDOW_MS } from "./store/idempotency-keys";
export type { NewWorkspace } from "./stored-keys";
