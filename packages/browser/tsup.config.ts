import { defineConfig, type Options } from "tsup";

const shared: Options = {
  target: "es2020",
  platform: "browser",
  sourcemap: true,
  esbuildOptions(options) {
    options.minifySyntax = true;
  },
};

export default defineConfig([
  { ...shared, entry: { index: "src/index.ts" }, format: ["esm", "cjs"], dts: true, clean: true },
  {
    ...shared,
    // For a script tag: everything in one file.
    entry: { segops: "src/script.ts" },
    format: ["iife"],
    // Some 4 % smaller than by esbuild.
    minify: "terser",
    terserOptions: { ecma: 2020, compress: { passes: 3 } },
    noExternal: [/.*/],
    outExtension: () => ({ js: ".js" }),
  },
]);
