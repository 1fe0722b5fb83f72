/**
 * The parts of the demo that others measure with.
 *
 * @module
 */

export type { Commit } from "./replay/commit-parser";
export { type LogOptions, readCommits } from "./replay/git-log";
export { replayScript } from "./replay-script";
export { createSyntheticRepository, type SyntheticRepository } from "./synthetic-repository";
