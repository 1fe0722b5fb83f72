import { readFile, writeFile } from "node:fs/promises";
import { defineConfig } from "tsup";

const files = ["index.js", "index.cjs", "inspector.js", "inspector.cjs"];

export default defineConfig({
  entry: { index: "src/index.ts", inspector: "src/inspector/index.ts" },
  format: ["esm", "cjs"],
  target: "es2020",
  platform: "neutral",
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: false,
  // One import of React for a file, not one for each of its sources: users' bundles would keep them all.
  treeshake: true,
  external: ["react", "react-dom", "@segops/react"],
  onSuccess: async () => void (await Promise.all(files.map(addDirective))),
});

/** A bundler drops the directive of the sources: server components need it in each file. */
async function addDirective(name: string): Promise<void> {
  const file = `dist/${name}`;
  await writeFile(file, `"use client";\n${await readFile(file, "utf8")}`);
  const map = JSON.parse(await readFile(`${file}.map`, "utf8"));
  await writeFile(`${file}.map`, JSON.stringify({ ...map, mappings: `;${map.mappings}` }));
}
