import type { AnyCatalogue, Catalogue, Client } from "@segops/core";
import { ClientOfParts } from "./client-of-parts";
import { createEdgeEngine, type EdgeClientOptions } from "./edge-engine";
import { createRequestScopedClient } from "./request-scoped-client";

/**
 * SegOps for Cloudflare Workers and whatever runs on workerd. One for an isolate is safe for all requests: what a
 * request tracks is sent by the `flush()` that it hands to `waitUntil()`, and by nothing else.
 */
export class SegOpsClient<Events extends Catalogue = AnyCatalogue> extends ClientOfParts<Events> {
  /** @throws ConfigurationError when an option is missing or wrong. */
  constructor(options: EdgeClientOptions<Events>) {
    super(createRequestScopedClient(() => createEdgeEngine(options)) as Client<Events>);
  }
}
