import { defineConfig } from "vitest/config";

/** Settings every package's tests share: workspace packages resolve to their sources, no test waits for a build. */
export default defineConfig({
  resolve: { conditions: ["@segops/source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["@segops/source", "module", "node", "development|production"] } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: "reports/test.json" },
  },
});
