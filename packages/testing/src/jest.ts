/**
 * Adds the matchers to Jest's global `expect`: `"setupFilesAfterEnv": ["@segops/testing/jest"]`. Where tests import
 * `expect` from `@jest/globals`, use `@segops/testing/jest-globals`.
 *
 * @module
 */
import { type SegOpsMatchers, segopsMatchers } from "./matchers";

declare global {
  namespace jest {
    // The declaration of @types/jest is merged with this one.
    interface Matchers<R, T> extends SegOpsMatchers<T, R> {}
  }
}

const { expect } = globalThis as { expect?: { extend(matchers: typeof segopsMatchers): void } };
if (!expect) {
  throw new Error(
    "@segops/testing/jest found no global expect. Name it in setupFilesAfterEnv, or import @segops/testing/jest-globals",
  );
}
expect.extend(segopsMatchers);
