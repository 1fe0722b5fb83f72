import { mergeConfig } from "vitest/config";
// @boundaries-ignore: settings shared by the whole workspace
import shared from "../../vitest.shared.ts";

export default mergeConfig(shared, { test: { environment: "happy-dom" } });
