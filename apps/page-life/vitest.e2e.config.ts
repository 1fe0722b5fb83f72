import { mergeConfig } from "vitest/config";
// @boundaries-ignore: settings shared by the whole workspace
import { endToEndTests } from "../../vitest.shared.ts";

export default mergeConfig(endToEndTests, {
  // In one worker: thirty files would each load the server and build the page anew.
  test: { isolate: false, globalSetup: ["test/support/report.ts"] },
});
