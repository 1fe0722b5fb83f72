/**
 * SegOps for React.
 *
 * @module
 */
export type { ReactClient, User } from "./client-holder";
export { SegOpsProvider, type SegOpsProviderProps } from "./provider";
export type { Identify, PayloadArguments, Register, RegisteredEvents, Track } from "./typed";
export { useIdentify } from "./use-identify";
export { usePageViews } from "./use-page-views";
export { useSegOps } from "./use-segops";
export { useTrack } from "./use-track";
export { useTrackOnce } from "./use-track-once";
export { useTrackVisible } from "./use-track-visible";
export { type UserState, useUser } from "./use-user";
