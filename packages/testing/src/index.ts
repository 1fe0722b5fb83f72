/**
 * What a test-suite needs of SegOps: a client that records, and matchers for what it recorded.
 *
 * @module
 */
export type { EventRecord, WaitOptions } from "./event-record";
export { type SegOpsMatchers, segopsMatchers, type TrackedOptions } from "./matchers";
export type {
  AnyRecordedEvent,
  PartOf,
  RecordedEvent,
  RecordedName,
  RecordedPayload,
  RecordedTraits,
  RecordedUser,
} from "./recorded-types";
export { createRecordingClient, type RecordingClient, type RecordingClientOptions } from "./recording-client";
export {
  createRecordingPageClient,
  type PageTrackInput,
  type RecordingPageClient,
} from "./recording-page-client";
