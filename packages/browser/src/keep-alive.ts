/**
 * The most bytes that may be under way in requests that outlive their page: the limit of the Fetch standard is 64 KiB
 * for all of them, headers not counted.
 */
const MAX_KEEP_ALIVE_BYTES = 60_000;
/** The most such requests at a time: Chromium allows ten for a page. */
const MAX_KEEP_ALIVE_REQUESTS = 9;

// The limit holds for the page, and not for a client.
let pendingBytes = 0;
let pendingRequests = 0;

/** How many bytes the next request may have that is to outlive the page. */
export function keepAliveRoom(): number {
  return pendingRequests < MAX_KEEP_ALIVE_REQUESTS ? MAX_KEEP_ALIVE_BYTES - pendingBytes : 0;
}

/** Books requests, or fewer than none: what ended. */
export function bookKeepAlive(bytes: number, requests: 1 | -1): void {
  pendingBytes += bytes * requests;
  pendingRequests += requests;
}
