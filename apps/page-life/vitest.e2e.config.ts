import { mergeConfig } from "vitest/config";
// @boundaries-ignore: settings shared by the whole workspace
import { endToEndTests } from "../../vitest.shared.ts";

export default mergeConfig(endToEndTests, { test: { globalSetup: ["test/support/report.ts"] } });
