import type { Transport } from "@segops/core";
import { createFetchTransport } from "./fetch-transport";
import { createUndiciTransport } from "./undici-transport";

/** How requests are sent where the host has not chosen. */
export function createDefaultTransport(options: Parameters<typeof createUndiciTransport>[0]): Transport {
  // Bun answers `import "undici"` with a stand-in of its own that cannot dispatch. Its fetch keeps connections alive too.
  return process.versions.bun === undefined
    ? createUndiciTransport(options)
    : createFetchTransport((url, init) => globalThis.fetch(url, init));
}
