import { writeFile } from "node:fs/promises";
import { defineConfig } from "tsup";

const entry = {
  index: "src/index.ts",
  light: "src/light/index.ts",
  schema: "src/schema/index.ts",
  testing: "src/testing/index.ts",
};

export default defineConfig({
  entry,
  format: ["esm", "cjs"],
  target: "es2020",
  platform: "neutral",
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: true,
  // On Node, `import` and `require` share one copy: an error is an instance of its class, whoever loaded it.
  async onSuccess() {
    for (const name of Object.keys(entry)) {
      await writeFile(`dist/${name}.node.js`, `export * from "./${name}.cjs";\n`);
    }
  },
});
