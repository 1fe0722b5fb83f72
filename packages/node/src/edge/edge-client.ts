import type { AnyCatalogue, Catalogue } from "@segops/core";
import { ClientOfParts } from "./client-of-parts";
import { createEdgeEngine, type EdgeClientOptions } from "./edge-engine";

/**
 * SegOps for edge functions and workers: needs `fetch` and timers, and nothing of Node. One for an isolate is safe for
 * all requests. An isolate may end at any time, so hand `flush()` to the platform with each request.
 *
 * @example
 * export default {
 *   async fetch(request, env, context) {
 *     segops ??= new SegOpsClient({ apiUrl: "https://api.segops.ai", apiKey: env.SEGOPS_SECRET_KEY });
 *     segops.track({ userId: "ada", eventType: "page_served" });
 *     context.waitUntil(segops.flush());
 *     return new Response("Hello");
 *   },
 * };
 */
export class SegOpsClient<Events extends Catalogue = AnyCatalogue> extends ClientOfParts<Events> {
  /** @throws ConfigurationError when an option is missing or wrong. */
  constructor(options: EdgeClientOptions<Events>) {
    super(createEdgeEngine(options).client);
  }
}
