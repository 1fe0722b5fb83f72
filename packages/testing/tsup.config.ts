import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    vitest: "src/vitest.ts",
    jest: "src/jest.ts",
    "jest-globals": "src/jest-globals.ts",
    msw: "src/msw/index.ts",
    "local-api": "src/local-api/index.ts",
  },
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  dts: true,
  sourcemap: true,
  clean: true,
  // No splitting for CommonJS: it would turn the import() of @segops/local-api, an ES module, into a require().
});
