import { configDefaults, defineConfig, type TestUserConfig } from "vitest/config";

const conditions = ["@segops/source", "module", "node", "development|production"];

/** A built @segops/core to test against in place of the sources: `npm run check:lowest-core` sets it. */
const coreFolder = process.env.SEGOPS_CORE_FOLDER;
const alias =
  coreFolder === undefined
    ? []
    : [
        { find: /^@segops\/core$/, replacement: `${coreFolder}/dist/index.js` },
        { find: /^@segops\/core\/(\w+)$/, replacement: `${coreFolder}/dist/$1.js` },
      ];

const settings = (report: string, test: TestUserConfig) =>
  defineConfig({
    // Workspace packages resolve to their sources, so that no test waits for a build.
    resolve: { conditions, alias },
    ssr: { resolve: { conditions } },
    test: {
      testTimeout: 30_000,
      hookTimeout: 60_000,
      // A slow machine is no failure.
      expect: { poll: { timeout: 15_000 } },
      reporters: ["default", "json"],
      chaiConfig: { truncateThreshold: 500 },
      outputFile: { json: `reports/${report}.json` },
      ...test,
    },
  });

/** Unit tests: everything but the suites below. */
export default settings("test", {
  exclude: [...configDefaults.exclude, "dist/**", "test/package/**", "test/e2e/**"],
});

/** Tests of the packed tarball, as a user installs it. */
export const packageTests = settings("test-package", {
  include: ["test/package/**/*.test.ts"],
  testTimeout: 120_000,
  hookTimeout: 240_000,
});

/** Tests of the whole system, with its browsers. */
export const endToEndTests = settings("test-e2e", {
  include: ["test/e2e/**/*.test.ts"],
  fileParallelism: false,
});
