import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    main: "src/main.ts",
    replay: "src/replay.ts",
    backend: "src/backend/child.ts",
    "segops-server": "src/segops-server/child.ts",
    "warehouse-worker": "src/warehouse/worker.ts",
  },
  format: ["esm"],
  target: "node20",
  platform: "node",
  dts: { entry: { index: "src/index.ts" } },
  sourcemap: true,
  clean: true,
  splitting: true,
});
