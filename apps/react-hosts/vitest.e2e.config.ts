import { mergeConfig } from "vitest/config";
// @boundaries-ignore: settings shared by the whole workspace
import { endToEndTests } from "../../vitest.shared.ts";

// A build of Next.js takes a while.
export default mergeConfig(endToEndTests, { test: { testTimeout: 120_000, hookTimeout: 300_000 } });
