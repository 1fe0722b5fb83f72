/**
 * SegOps for React.
 *
 * @module
 */
export type { ReactClient, User } from "./client-holder";
export {
  useIdentify,
  usePageViews,
  useSegOps,
  useTrack,
  useTrackOnce,
  useTrackVisible,
  useUser,
} from "./hooks";
export { SegOpsProvider, type SegOpsProviderProps } from "./provider";
export type { Identify, PayloadArguments, Register, RegisteredEvents, Track } from "./typed";
