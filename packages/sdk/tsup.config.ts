import { defineConfig, type Options } from "tsup";

const shared: Options = {
  format: ["esm", "cjs"],
  target: "es2020",
  platform: "neutral",
  dts: true,
  sourcemap: true,
};

export default defineConfig([
  { ...shared, entry: ["src/browser.ts", "src/edge.ts", "src/node.ts", "src/server.ts"], clean: true },
  // Apart: otherwise the declarations for pages import those for React, which need not be there.
  { ...shared, entry: ["src/react.ts"] },
]);
