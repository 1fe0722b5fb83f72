import type { Utf8 } from "../../src/index";

/** As a runtime may lend it. */
export const utf8: Utf8 = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
};
