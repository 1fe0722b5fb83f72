import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/browser.ts", "src/edge.ts", "src/node.ts", "src/react.ts", "src/server.ts"],
  format: ["esm", "cjs"],
  target: "es2020",
  platform: "neutral",
  dts: true,
  sourcemap: true,
  clean: true,
});
