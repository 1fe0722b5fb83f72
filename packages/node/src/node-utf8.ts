import type { Utf8 } from "@segops/core";

/** Text to bytes and back, at Node's speed. */
export const nodeUtf8: Utf8 = {
  encode: (text) => Buffer.from(text),
  decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
};
