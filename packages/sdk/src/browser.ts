/**
 * SegOps in pages.
 *
 * @module
 */
export * from "@segops/browser";
