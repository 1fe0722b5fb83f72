import { mergeConfig } from "vitest/config";
// @boundaries-ignore: settings shared by the whole workspace
import { endToEndTests } from "../../vitest.shared.ts";

// Now and then, on a busy machine, Chromium lets the driver wait for a click or a frame until the time is up: a
// different test each time, and why is not known. What is broken fails twice.
export default mergeConfig(endToEndTests, { test: { retry: 1 } });
