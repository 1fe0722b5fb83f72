import { defineConfig } from "tsup";

export default defineConfig({
  entry: [
    "src/main.ts",
    "src/peers.ts",
    "src/sink-process.ts",
    "src/workloads/*.ts",
    "src/peers/node/programs/*.ts",
  ],
  format: ["esm"],
  target: "node20",
  platform: "node",
  sourcemap: true,
  clean: true,
});
