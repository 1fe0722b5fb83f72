import { SegOpsClient } from "./client";
import type { BrowserClientOptions } from "./options";
import type { PageTrackInput } from "./page-client";

/** What the snippet leaves on the page while this file is loading. */
interface Snippet {
  readonly options?: BrowserClientOptions;
  /** Calls that were made meanwhile: the method, what it was given, and when, in milliseconds since 1970. */
  readonly calls?: readonly [method: keyof SegOpsClient, input: unknown[], at: number][];
}

const page = globalThis as unknown as { SegOps: object; segops?: Snippet | SegOpsClient };
page.SegOps = { SegOpsClient };

const { options, calls = [] } = (page.segops ?? {}) as Snippet;
if (options) {
  const client = new SegOpsClient(options);
  page.segops = client;
  for (const [method, input, at] of calls) {
    if (method === "track") client.track({ occurredAt: new Date(at), ...(input[0] as PageTrackInput) });
    else (client[method] as (...input: unknown[]) => unknown)(...input);
  }
}
