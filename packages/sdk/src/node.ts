/**
 * SegOps on servers.
 *
 * @module
 */
import type { AnyCatalogue, Catalogue } from "@segops/core";
import { SegOpsClient as NodeClient } from "@segops/node";

export * from "@segops/node";

/** SegOps on servers. */
export class SegOpsClient<Events extends Catalogue = AnyCatalogue> extends NodeClient<Events> {
  /** For pages: does nothing here, so that code for both places can call it. */
  trackPageView(_about?: { readonly userId?: string | undefined }): void {}
  /** For pages: does nothing here. */
  reset(): void {}
}
