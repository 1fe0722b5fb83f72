import type { EventText } from "./event";

/** The most events one request may carry (SegOps contract, section 2). */
export const MAX_BATCH_EVENTS = 500;

/** The bytes of a body with no event in it. */
export const EMPTY_BODY_BYTES = '{"events":[]}'.length;

/** The body of a request, joined from texts that are ready. */
export function batchBody(texts: readonly EventText[]): string {
  return `{"events":[${texts.join(",")}]}`;
}
