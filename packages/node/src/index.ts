/**
 * SegOps for servers: track and identify from Node without losing an event.
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
export { SegOpsClient } from "./client";
export type { Fetch } from "./fetch-transport";
export type { NodeClientOptions } from "./options";
export type { SpoolOptions } from "./spool/spool-options";
