import { SegOpsClient } from "./client";

/** What the snippet leaves behind while this file is loading. */
interface Snippet {
  /** Calls that were made meanwhile: the method and what it was given. */
  readonly q?: readonly [string, unknown[]][];
}

const page = globalThis as unknown as { SegOps?: unknown; segops?: Snippet & Record<string, unknown> };
page.SegOps = { SegOpsClient };
