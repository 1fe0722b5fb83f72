import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    light: "src/light/index.ts",
    schema: "src/schema/index.ts",
    testing: "src/testing/index.ts",
  },
  format: ["esm", "cjs"],
  target: "es2020",
  platform: "neutral",
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: true,
  esbuildOptions(options) {
    options.minifySyntax = true;
  },
});
