import { cp } from "node:fs/promises";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli.ts", conformance: "src/conformance/cli.ts" },
  format: ["esm"],
  target: "node20",
  platform: "node",
  dts: { entry: { index: "src/index.ts" } },
  sourcemap: true,
  clean: true,
  splitting: true,
  onSuccess: async () => {
    await cp("src/page", "dist/page", { recursive: true });
    await cp("conformance", "dist/conformance", { recursive: true });
  },
});
