import { mkdtemp, readFile } from "node:fs/promises";
import path from "node:path";
import nodeResolve from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";
import type { Place } from "../place";
import { environmentOf, MODULE_PROGRAM, TYPED_PROGRAM } from "../story";
import { type Bundle, page } from "./pages";

const esbuildFor =
  (platform: "browser" | "node"): Bundle =>
  async (_, entry) => {
    const options = { bundle: true, write: false, format: platform === "node" ? "cjs" : "esm" } as const;
    const { outputFiles } = await esbuild({ entryPoints: [entry], platform, ...options });
    return outputFiles[0]?.text ?? "";
  };

const rollupForPages: Bundle = async (_, entry) => {
  const bundle = await rollup({ input: entry, plugins: [nodeResolve({ browser: true })] });
  const { output } = await bundle.generate({ format: "es" });
  await bundle.close();
  if (output.length > 1) throw new Error(`made ${output.length} files of one page`);
  return output[0].code;
};

const webpackFor =
  (target: "web" | "node"): Bundle =>
  async (_, entry) => {
    const folder = path.dirname(entry);
    await new Promise<void>((resolve, reject) => {
      webpack(
        {
          mode: "production",
          target,
          entry,
          context: folder,
          output: { path: folder, filename: "webpack.cjs" },
        },
        (error, stats) => {
          if (error !== null || stats === undefined || stats.hasErrors() || stats.hasWarnings())
            reject(error ?? new Error(stats?.toString("errors-warnings")));
          else resolve();
        },
      );
    });
    return readFile(path.join(folder, "webpack.cjs"), "utf8");
  };

const viteForPages: Bundle = async (_, entry) => {
  const outDir = await mkdtemp(path.join(path.dirname(entry), "vite-"));
  await vite({
    root: path.dirname(entry),
    configFile: false,
    logLevel: "warn",
    build: { outDir, lib: { entry, formats: ["es"], fileName: () => "page.js" } },
  });
  return readFile(path.join(outDir, "page.js"), "utf8");
};

/** One file for Node with everything in it, run away from node_modules. */
const forNode = (name: string, bundle: Bundle): Place => ({
  name,
  async typecheck(consumer) {
    await consumer.write("bundled.ts", TYPED_PROGRAM);
    return consumer.compile("bundled.ts", { resolution: "bundler", types: ["node"] });
  },
  async run(consumer, connection) {
    const folder = `bundles/${name.replace(/\W+/g, "-")}`;
    const script = await bundle(consumer, await consumer.write(`${folder}/program.js`, MODULE_PROGRAM));
    const file = await consumer.write(`${folder}/alone.cjs`, script);
    await consumer.run(process.execPath, [file], environmentOf(connection));
  },
});

/** TypeScript's own output, run as it is. */
const compiled = (resolution: "node16" | "bundler"): Place => {
  const place = { resolution, types: ["node"] } as const;
  const source = `typescript-${resolution}.mts`;
  const folder = `out-${resolution}`;
  return {
    name: `TypeScript, ${resolution}`,
    async typecheck(consumer) {
      await consumer.write(source, TYPED_PROGRAM);
      return consumer.compile(source, place, folder);
    },
    async run(consumer, connection) {
      const file = path.join(consumer.folder, folder, source.replace(".mts", ".mjs"));
      await consumer.run(process.execPath, [file], environmentOf(connection));
    },
  };
};

export const bundlers: readonly Place[] = [
  compiled("node16"),
  compiled("bundler"),
  forNode("esbuild for Node", esbuildFor("node")),
  forNode("webpack 5 for Node", webpackFor("node")),
  page("Chromium page (esbuild)", esbuildFor("browser")),
  page("Chromium page (Rollup 4)", rollupForPages),
  page("Chromium page (webpack 5)", webpackFor("web")),
  page("Chromium page (Vite 8)", viteForPages),
];
