import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", inspector: "src/inspector/index.ts" },
  format: ["esm", "cjs"],
  target: "es2020",
  platform: "neutral",
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: false,
  external: ["react", "react-dom", "@segops/react"],
  // A bundler drops the directive of the sources: server components need it in each file.
  banner: { js: '"use client";' },
});
