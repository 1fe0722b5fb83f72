/**
 * SegOps for edge functions and workers: nothing of Node is needed.
 *
 * @module
 */
export {
  type Catalogue,
  type Client,
  ConfigurationError,
  DeliveryError,
  type DeliveryErrorCode,
  type DeliveryReport,
  type DeliveryTotals,
  type DropReason,
  defineEvents,
  type EventIssue,
  type EventName,
  type EventText,
  type IdentifyInput,
  InvalidEventError,
  type Logger,
  type Notice,
  type NoticeListener,
  type Payload,
  type PayloadOf,
  type RefusalReason,
  SegOpsError,
  type SessionUser,
  type ShutdownOptions,
  type TrackInput,
  type TraitsOf,
  type TypedIdentifyInput,
  type TypedTrackInput,
} from "@segops/core";
export type { Fetch } from "../fetch-transport";
export { type EdgeClientOptions, SegOpsClient } from "./edge-client";
