/**
 * The zod schemas of what travels between a client and a SegOps server. For servers, tests and tools:
 * the clients check events with a guard of their own and never load this entry.
 *
 * @module
 */
export { MAX_BATCH_EVENTS } from "../batch";
export { catalogueJsonSchema, type JsonSchema } from "./catalogue";
export {
  type BatchReceipt,
  batchEnvelopeSchema,
  batchReceiptSchema,
  batchSchema,
  payloadSchema,
  trackInputSchema,
  type WireEvent,
  wireEventSchema,
} from "./event";
export {
  eventCountConditionSchema,
  eventPropertyConditionSchema,
  eventSequenceConditionSchema,
  monetaryConditionSchema,
  numericOperatorSchema,
  propertyOperatorSchema,
  recencyConditionSchema,
  type SegmentCondition,
  type SegmentDefinition,
  segmentConditionSchema,
  segmentDefinitionSchema,
  segmentMembershipConditionSchema,
  userPropertyConditionSchema,
} from "./segment";
export {
  type SessionRequest,
  type SessionResponse,
  sessionRequestSchema,
  sessionResponseSchema,
} from "./session";
