import { MAX_BODY_BYTES } from "@segops/core/light";

/** The most requests at a time that outlive their page: Chromium allows ten. */
const MAX_KEEP_ALIVE_REQUESTS = 9;

// The limit holds for the page, and not for a client.
let pendingBytes = 0;
let pendingRequests = 0;

/** How many bytes the next request may have that is to outlive the page. */
export function keepAliveRoom(): number {
  return pendingRequests < MAX_KEEP_ALIVE_REQUESTS ? MAX_BODY_BYTES - pendingBytes : 0;
}

/** Books requests, or fewer than none: what ended. */
export function bookKeepAlive(bytes: number, requests: 1 | -1): void {
  pendingBytes += bytes * requests;
  pendingRequests += requests;
}
