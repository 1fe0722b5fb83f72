/**
 * Adds the matchers to the `expect` of `@jest/globals`.
 *
 * @module
 */
import { expect } from "@jest/globals";
import { type SegOpsMatchers, segopsMatchers } from "./matchers";

expect.extend(segopsMatchers);

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends SegOpsMatchers<T, R> {}
}
