/**
 * SegOps for pages.
 *
 * @module
 */
export {
  type AnyCatalogue,
  type Catalogue,
  ConfigurationError,
  DeliveryError,
  type DeliveryErrorCode,
  type DeliveryReport,
  type DropReason,
  type EventText,
  type IdentifyInput,
  InvalidEventError,
  type Notice,
  type NoticeListener,
  type Payload,
  type RefusalReason,
  SegOpsError,
  type SessionUser,
  type ShutdownOptions,
} from "@segops/core";
export { SegOpsClient } from "./client";
export type { BrowserClientOptions, Consent } from "./options";
export { createPageClient, type PageClient, type PageTrackInput } from "./page-client";
