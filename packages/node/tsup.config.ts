import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", edge: "src/edge/index.ts", workerd: "src/edge/workerd.ts" },
  format: ["esm", "cjs"],
  target: "node18",
  platform: "node",
  dts: true,
  sourcemap: true,
  clean: true,
  // Jest runs CommonJS where import() is not to be had: there the lazy import becomes a lazy require.
  esbuildOptions(options, { format }) {
    if (format === "cjs") options.supported = { ...options.supported, "dynamic-import": false };
  },
});
