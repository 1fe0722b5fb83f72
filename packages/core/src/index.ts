/**
 * The SegOps engine. It knows no runtime: time, randomness, network and lifecycle come in through `Runtime`.
 *
 * @module
 */
export type { DeliveryTotals } from "./accounts";
export { EMPTY_BODY_BYTES, MAX_BATCH_EVENTS } from "./batch";
export type { AnyCatalogue, Catalogue, EventSchemas, PayloadSchema } from "./catalogue/catalogue";
export { defineEvents } from "./catalogue/define-events";
export type { StandardIssue, StandardResult, StandardSchema } from "./catalogue/standard-schema";
export type {
  EventName,
  PayloadOf,
  SentPayloadOf,
  SentTraitsOf,
  TraitsOf,
  TypedIdentifyInput,
  TypedTrackInput,
} from "./catalogue/typed-events";
export { type Client, createClient, type ShutdownOptions } from "./client";
export type { SessionUser } from "./credentials";
export { createEngine, type Engine } from "./engine";
export {
  ConfigurationError,
  DeliveryError,
  type DeliveryErrorCode,
  type EventIssue,
  InvalidEventError,
  SegOpsError,
} from "./errors";
export {
  type EventText,
  IDENTIFY_EVENT_TYPE,
  type IdentifyInput,
  type Payload,
  type TrackInput,
  type WireEvent,
} from "./event";
export type { Batch, EventQueue, QueueFactory, QueueSettings, Visitor } from "./event-queue";
export { beginFinalDelivery, type FinalDelivery, type FinalRequest } from "./final-delivery";
export type { DeliveryReport } from "./flush-barriers";
export { createMemoryQueue } from "./memory-queue";
export type { DropReason, Notice, NoticeListener, RefusalReason } from "./notices";
export { type ClientOptions, DEFAULT_OPTIONS, type RuntimeDefaults } from "./options";
export { type BatchContent, halvesOf, packBatch } from "./packed-batch";
export type {
  Cancel,
  Clock,
  Entropy,
  HttpOutcome,
  HttpRequest,
  Lifecycle,
  LifecycleSignal,
  Logger,
  Runtime,
  Scheduler,
  Transport,
  Utf8,
} from "./runtime";
export { utf8Length } from "./utf8-length";
