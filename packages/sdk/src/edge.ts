/**
 * SegOps in edge functions and workers.
 *
 * @module
 */
import type { AnyCatalogue, Catalogue } from "@segops/core";
import { SegOpsClient as EdgeClient } from "@segops/node/edge";

export * from "@segops/core";
export type { EdgeClientOptions } from "@segops/node/edge";

/** SegOps in edge functions and workers. */
export class SegOpsClient<Events extends Catalogue = AnyCatalogue> extends EdgeClient<Events> {
  /** For pages: does nothing here, so that code for both places can call it. */
  trackPageView(_about?: { readonly userId?: string | undefined }): void {}
  /** For pages: does nothing here. */
  reset(): void {}
}
