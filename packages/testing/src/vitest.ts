/**
 * Adds the matchers to Vitest: `import "@segops/testing/vitest"` in a set-up file.
 *
 * @module
 */
import { expect } from "vitest";
import { type SegOpsMatchers, segopsMatchers } from "./matchers";

expect.extend(segopsMatchers);

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: a merged declaration has to repeat the original's parameters.
  interface Matchers<T = any> extends SegOpsMatchers<T> {}
}
