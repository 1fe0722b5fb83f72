import type { Utf8 } from "@segops/core";

/** Below this Buffer.from() takes a part of a pool, and one part keeps the whole of it in memory. */
const POOLED_BYTES = 4096;

/** Text to bytes and back, at Node's speed. */
export const nodeUtf8: Utf8 = {
  encode(text) {
    const bytes = Buffer.from(text);
    return bytes.length < POOLED_BYTES ? new Uint8Array(bytes) : bytes;
  },
  decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
};
