/**
 * SegOps for React.
 *
 * @module
 */
export * from "@segops/react";
