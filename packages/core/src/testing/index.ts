/**
 * A runtime for tests of the engine and of code that builds on it: a manual clock, scripted answers, no network.
 *
 * @module
 */
export { createManualClock, type ManualClock, settlePromises } from "./manual-clock";
export {
  createScriptedTransport,
  noConnection,
  type Reply,
  response,
  type ScriptedTransport,
  type SeenRequest,
} from "./scripted-transport";
export { createTestRuntime, type TestRuntime, type TestRuntimeOptions } from "./test-runtime";
