import { mergeConfig } from "vitest/config";
// @boundaries-ignore: settings shared by the whole workspace
import shared from "../../vitest.shared.ts";

export default mergeConfig(shared, {
  test: { globalSetup: ["test/support/build-cli.ts", "test/support/postgres-server.ts"] },
});
