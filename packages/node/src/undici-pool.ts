/// <reference path="./undici-parts.d.ts" />

import type { Pool } from "undici";

/**
 * The pool of undici without the rest of it: its entry puts a dispatcher of its own under the host's `fetch`, and takes
 * three times as long to load. Where a later undici has its parts elsewhere, the entry has to do.
 */
export async function loadPool(): Promise<typeof Pool> {
  try {
    return (await import("undici/lib/dispatcher/pool.js")).default;
  } catch {
    return (await import("undici")).Pool;
  }
}
